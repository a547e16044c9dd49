import assert from "node:assert/strict";
import { test } from "node:test";
import { isVoice, startRecording } from "../../field/voice.js";

/** A recorder as browsers have it; `kinds` are those it can make. */
function recorder(kinds, sound = "la la") {
  return class {
    static isTypeSupported = (kind) => kinds.includes(kind);
    state = "inactive";
    constructor(stream, options) {
      Object.assign(this, { stream, mimeType: options.mimeType ?? "audio/x-own" });
    }
    start() {
      this.state = "recording";
    }
    stop() {
      this.state = "inactive";
      this.ondataavailable({ data: new Blob([sound]) });
      this.onstop();
    }
  };
}

function microphone() {
  const track = { stopped: false, stop: () => (track.stopped = true) };
  return { track, getUserMedia: async () => ({ getTracks: () => [track] }) };
}

test("a microphone that was refused is an error that says so", async () => {
  const media = { getUserMedia: async () => { throw new DOMException("no", "NotAllowedError"); } };
  await assert.rejects(startRecording({ media, Recorder: recorder([]) }), { name: "NotAllowedError" });
});

test("a spoken note is bytes and a plain type, and the microphone is let go", async () => {
  const media = microphone();
  const { stop, done } = await startRecording({ media, Recorder: recorder(["audio/webm;codecs=opus"]) });
  stop();
  assert.deepEqual(await done, { content_type: "audio/webm", bytes: new TextEncoder().encode("la la") });
  assert.equal(media.track.stopped, true);
});

test("Safari records MP4", async () => {
  const { stop, done } = await startRecording({ media: microphone(), Recorder: recorder(["audio/mp4"]) });
  stop();
  assert.equal((await done).content_type, "audio/mp4");
});

test("silence that never began is no note", async () => {
  const { stop, done } = await startRecording({ media: microphone(), Recorder: recorder([], "") });
  stop();
  stop(); // pressed twice
  assert.equal(await done, null);
});

test("a spoken note is no photo", () => {
  assert.equal(isVoice({ content_type: "audio/mp4" }), true);
  assert.equal(isVoice({ content_type: "image/heic" }), false);
});
