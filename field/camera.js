// From what the camera gives to what is sent: upright, at most 2048 pixels, without metadata.

const LONGEST = 2048;
const QUALITY = 0.85;
const LIMIT = 25 * 1024 * 1024;
// With less room than this a photo may not fit; with less than that, the words come first.
const LITTLE = 30 * 1024 * 1024;
const NONE = 5 * 1024 * 1024;

const isHeic = (file) => /hei[cf]/i.test(file.type) || /\.hei[cf]$/i.test(file.name);

/** A picture ready to keep: {content_type, bytes}. Throws an Error in plain words. */
export async function prepare(file) {
  if (!file.size) throw new Error("That picture is empty. Please take it again.");
  if (/svg/i.test(file.type)) throw new Error("That is a drawing, not a photo.");
  const small = await shrink(file);
  if (small) return { content_type: "image/jpeg", bytes: await bytesOf(small) };
  if (!isHeic(file)) throw new Error("This phone cannot read that picture. Please take another.");
  if (file.size > LIMIT) throw new Error("That picture is too big to send.");
  // An iPhone's own format that this browser cannot open: the server can.
  return { content_type: "image/heic", bytes: await bytesOf(file) };
}

async function bytesOf(blob) {
  return new Uint8Array(await blob.arrayBuffer());
}

/** Longest side at most `longest`, proportions kept, never larger than it was. */
export function fit(width, height, longest = LONGEST) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

async function shrink(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode(); // honours the orientation that the camera wrote down
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = fit(image.naturalWidth, image.naturalHeight);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

/** Room for photos, asked before one is taken: "plenty", "little" or "none". Unknown is plenty. */
export async function roomLeft(storage = navigator.storage) {
  const { quota = Infinity, usage = 0 } = (await storage?.estimate?.().catch(() => null)) ?? {};
  if (quota - usage < NONE) return "none";
  return quota - usage < LITTLE ? "little" : "plenty";
}
