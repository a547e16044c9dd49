// A spoken note: at most three minutes, kept like a photo. Whoever cannot or may not record writes.

export const LONGEST_SECONDS = 180;
// AAC in MP4 first: every desk plays it, and Safari records nothing else before 18.4. Low rates:
// speech stays clear, the file small.
const KINDS = ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const BITS_PER_SECOND = 32_000;

export const isVoice = ({ content_type }) => content_type.startsWith("audio/");

export const canRecord = () => Boolean(globalThis.MediaRecorder && navigator.mediaDevices?.getUserMedia);

/** Begin to record. {stop, done}: `done` is a promise of {content_type, bytes}, or of null. */
export async function startRecording({ media = navigator.mediaDevices, Recorder = globalThis.MediaRecorder } = {}) {
  const stream = await media.getUserMedia({ audio: true });
  const mimeType = KINDS.find((kind) => Recorder.isTypeSupported(kind));
  const recorder = new Recorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: BITS_PER_SECOND });
  const parts = [];
  const stop = () => recorder.state !== "inactive" && recorder.stop();
  const timer = setTimeout(stop, LONGEST_SECONDS * 1000);
  const done = new Promise((resolve) => {
    recorder.ondataavailable = ({ data }) => data.size && parts.push(data);
    recorder.onstop = async () => {
      clearTimeout(timer);
      for (const track of stream.getTracks()) track.stop();
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      resolve(bytes.length ? { content_type: recorder.mimeType.split(";")[0], bytes } : null);
    };
  });
  recorder.start(1000);
  return { stop, done };
}
