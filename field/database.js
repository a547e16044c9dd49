// IndexedDB with promises, and nothing more. A connection that iOS has dropped is opened again.

const VERSION = 1;

function build(db) {
  // One record a key. Photos apart from their bytes, so that lists and counts stay quick.
  db.createObjectStore("tours", { keyPath: "id" });
  db.createObjectStore("settings");
  for (const name of ["observations", "photos"]) {
    const store = db.createObjectStore(name, { keyPath: "uuid" });
    store.createIndex("by_tour", "tour");
  }
  db.createObjectStore("photo_bytes", { keyPath: "uuid" });
  db.createObjectStore("drafts", { keyPath: "tour" });
}

/** The result of one request. */
export function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function committed(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = transaction.onabort = () =>
      reject(transaction.error ?? new DOMException("The phone stopped the write", "AbortError"));
  });
}

/** All of the work or none: an error in the middle takes back what was written before it. */
async function whole(transaction, work, stores) {
  try {
    return await work(...stores.map((name) => transaction.objectStore(name)));
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // it has ended already, of the same error
    }
    throw transaction.error ?? error;
  }
}

export class Database {
  constructor(name = "studytours", factory = globalThis.indexedDB) {
    this.name = name;
    this.factory = factory;
    this.connection = null;
  }

  open() {
    this.connection ??= new Promise((resolve, reject) => {
      const request = this.factory.open(this.name, VERSION);
      request.onupgradeneeded = () => build(request.result);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const db = request.result;
        db.onversionchange = () => db.close();
        db.onclose = () => (this.connection = null);
        resolve(db);
      };
    }).catch((error) => {
      this.connection = null;
      throw error;
    });
    return this.connection;
  }

  read(stores, work) {
    return this.run(stores, "readonly", work);
  }

  /** Resolves after the transaction is committed to the disk, not before. */
  write(stores, work) {
    return this.run(stores, "readwrite", work);
  }

  async run(stores, mode, work, again = true) {
    try {
      const db = await this.open();
      // "strict": when the page says "saved", an empty battery a second later loses nothing.
      const transaction = db.transaction(stores, mode, { durability: "strict" });
      const end = committed(transaction);
      end.catch(() => {}); // reported below; never as an unhandled rejection
      const value = await whole(transaction, work, [stores].flat());
      await end;
      return value;
    } catch (error) {
      const dropped = ["InvalidStateError", "UnknownError"].includes(error?.name);
      if (!dropped || !again) throw error;
      this.connection = null;
      return this.run(stores, mode, work, false);
    }
  }
}
