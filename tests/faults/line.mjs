// A bad line: hands calls on to the server, and spoils some of them.
//
// Which call of which phone is spoilt, and how, follows from the seed alone. Every kind of fault
// is dealt once before any comes a second time.

import http from "node:http";

/** Numbers between 0 and 1 that are the same for the same seed and name. */
export function chance(seed, name) {
  let state = seed >>> 0;
  for (const sign of String(name)) state = (Math.imul(state ^ sign.codePointAt(0), 0x01000193) + 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffled(things, random) {
  const cards = [...things];
  for (let last = cards.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [cards[last], cards[other]] = [cards[other], cards[last]];
  }
  return cards;
}

const page = (status, title) => ({ status, type: "text/html", body: `<!doctype html><title>${title}</title>` });
const ANSWERS = {
  status_500: page(500, "Server error"),
  status_502: page(502, "Bad gateway"),
  status_413: page(413, "Request Entity Too Large"),
  status_401: { status: 401, type: "application/json", body: '{"refused": null, "why": "Join again.", "retry": false}' },
  login_page: page(200, "Welcome to the café"),
};

/** Each takes the call and what the line can do with it. */
const FAULTS = {
  /** The server never hears of it. */
  dropped_request: async ({ hang_up }) => hang_up(),
  /** The server hears half of it. */
  broken_off: async ({ send_half, hang_up }) => {
    await send_half();
    hang_up();
  },
  /** The server has kept it, and the phone never learns. */
  dropped_response: async ({ send, hang_up }) => {
    await send();
    hang_up();
  },
  /** The phone hears half of the receipt. */
  broken_response: async ({ send, reply }) => {
    const answer = await send();
    reply({ ...answer, body: answer.body.subarray(0, answer.body.length >> 1) });
  },
  /** It reaches the server twice at the same moment. */
  sent_twice: async ({ send, reply }) => {
    const [, second] = await Promise.all([send(), send()]);
    reply(second);
  },
  /** The phone thinks it was lost; a copy arrives later, out of order. */
  late_copy: async ({ send, hang_up, random }) => {
    hang_up();
    await new Promise((go) => setTimeout(go, 20 + random() * 400));
    await send();
  },
  ...Object.fromEntries(Object.entries(ANSWERS).map(([name, answer]) => [name, async ({ reply }) => reply(answer)])),
};
export const KINDS = Object.keys(FAULTS);

/** A phone's own bad luck: the fault of each of its calls, or "". */
function luck(seed, phone, share) {
  const random = chance(seed, phone);
  let cards = [];
  return {
    random,
    next() {
      if (random() > share) return "";
      if (!cards.length) cards = shuffled(KINDS, random);
      return cards.pop();
    },
  };
}

function whole(stream) {
  return new Promise((resolve, reject) => {
    const parts = [];
    stream.on("data", (part) => parts.push(part)).on("end", () => resolve(Buffer.concat(parts))).on("error", reject);
    stream.on("aborted", () => reject(new Error("broken off")));
  });
}

export class Line {
  /** `kills`: after how many calls handed on the server is to die; `kill` sees to that. */
  constructor({ server, seed, share = 0.35, kills = [], kill = () => {} }) {
    Object.assign(this, { server: new URL(server), seed, share, kills: [...kills], kill });
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
    this.phones = new Map();
    this.handed_on = 0;
    this.injected = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
    this.late = new Set();
  }

  open(port = 0) {
    this.listener = http.createServer((call, answer) => this.#take(call, answer));
    return new Promise((resolve) => this.listener.listen(port, "127.0.0.1", () => resolve(this.listener.address().port)));
  }

  /** Waits for copies still on their way. */
  async close() {
    await Promise.allSettled([...this.late]);
    this.listener.closeAllConnections();
    this.listener.close();
    this.agent.destroy();
  }

  async #take(call, answer) {
    const hang_up = () => call.socket.destroy();
    // "/phone/7/api/…" says whose luck it is; a browser's calls come as they are.
    const [, phone = "browser", path] = call.url.match(/^(?:\/phone\/(\w+))?(\/.*)$/);
    if (!this.phones.has(phone)) this.phones.set(phone, luck(this.seed, phone, this.share));
    const { next, random } = this.phones.get(phone);
    const spoilt = call.method === "PUT" || path === "/api/field/receipts";
    const fault = spoilt ? next() : "";
    try {
      const body = await whole(call);
      const send = () => (call.method === "GET" ? this.#patiently(call, path) : this.#send(call, path, body));
      const send_half = () => this.#send(call, path, body, body.length >> 1);
      const reply = ({ status, type, body: text, headers = {} }) => {
        answer.writeHead(status, { ...headers, "Content-Type": type }).end(text);
      };
      if (fault) this.injected[fault] += 1;
      const work = fault ? FAULTS[fault]({ send, send_half, hang_up, reply, random }) : send().then(reply);
      this.late.add(work);
      await work.finally(() => this.late.delete(work));
    } catch {
      hang_up(); // the server is not there just now
    }
  }

  /** Pages and files are not what is tried here: they come as soon as the server is back. */
  async #patiently(call, path) {
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.#send(call, path, Buffer.alloc(0));
      } catch (error) {
        if (tries > 300) throw error;
        await new Promise((go) => setTimeout(go, 100));
      }
    }
  }

  #send(call, path, body, length = body.length) {
    return new Promise((resolve, reject) => {
      const { host, connection, ...headers } = call.headers;
      const onward = http.request(
        { host: this.server.hostname, port: this.server.port, agent: this.agent, path, method: call.method,
          headers: { ...headers, host: this.server.host, "content-length": body.length } },
        (answer) => whole(answer).then((text) => {
          const { "content-type": type = "text/plain", "content-length": _, "transfer-encoding": __, connection: ___, ...rest } = answer.headers;
          resolve({ status: answer.statusCode, type, body: text, headers: rest });
        }, reject),
      );
      onward.on("error", reject);
      onward.write(body.subarray(0, length));
      if (length < body.length) {
        setTimeout(() => resolve(onward.destroy()), 5);
        return;
      }
      onward.end();
      if (call.method !== "PUT") return;
      this.handed_on += 1;
      if (this.handed_on === this.kills[0]) {
        this.kills.shift();
        this.kill();
      }
    });
  }
}
