// What a document's code says and whether it is ours, judged without the office: the same verdicts as
// permits/documents/token.py and revocations.py, which a test holds it to. Nothing here touches a page.
import { Tagged, decode, encode } from "cborg";
import { verifyAsync } from "@noble/ed25519";

const [ALG, KID, EDDSA, SIGN1] = [1, 4, -8, 18];
const [ISSUER, EXPIRES, STARTS, ISSUED, ID, KIND, ENTRIES] = [1, 4, 5, 6, 7, -70004, -70010];
const NAMES = { number: -70001, plot: -70002, floors: -70003, use: -70005, area: -70006, place: -70007, point: -70008,
  parcel: -70011, zone: -70012, purpose: -70013, as_of: -70014 };
const FIELDS = { permit: ["plot", "floors"], extract: ["parcel", "zone", "purpose", "as_of"],
  occupancy: ["use", "area", "place", "point"] };
const TEXTS = ["number", "plot", "use", "area", "place", "parcel", "zone", "purpose"];
const HASH_BYTES = 16;

export class Unreadable extends Error {}

function must(holds) {
  if (!holds) throw new Unreadable();
}

const load = (bytes) => decode(bytes, { useMaps: true, tags: Tagged.preserve(SIGN1), rejectDuplicateMapKeys: true });
const isBytes = (value) => value instanceof Uint8Array;

function bytesOf(text) {
  const token = text.trim().split("/").pop();
  must(/^[A-Za-z0-9_-]+$/.test(token));
  const plain = atob(token.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

export function dayOf(seconds) {
  must(Number.isInteger(seconds));
  const moment = new Date(1000 * seconds);
  must(!Number.isNaN(moment.getTime()));
  return moment.toISOString().slice(0, 10);
}

export function keysOf(set) {
  return new Map(JSON.parse(set).keys.map((key) => [key.kid, bytesOf(key.x)]));
}

// {kid, code, claims}: code is "signed", "bad_signature" or "unknown_key"; throws Unreadable.
async function open(text, keys) {
  try {
    const message = load(bytesOf(text));
    must(message instanceof Tagged && message.tag === SIGN1 && message.value.length === 4);
    const [guarded, outside, payload, signature] = message.value;
    must(isBytes(guarded) && isBytes(payload) && isBytes(signature) && outside instanceof Map && outside.size === 0);
    const [header, claims] = [load(guarded), load(payload)];
    must(header instanceof Map && claims instanceof Map && header.get(ALG) === EDDSA && isBytes(header.get(KID)));
    const kid = new TextDecoder("utf-8", { fatal: true }).decode(header.get(KID));
    const key = keys.get(kid);
    if (!key) return { kid, code: "unknown_key", claims };
    const signed = encode(["Signature1", guarded, new Uint8Array(), payload]);
    const good = signature.length === 64 && (await verifyAsync(signature, signed, key, { zip215: false }));
    return { kid, code: good ? "signed" : "bad_signature", claims };
  } catch {
    throw new Unreadable();
  }
}

function claimsOf(raw) {
  const kind = raw.get(KIND) ?? "permit";
  must(kind in FIELDS && (kind !== "permit" || !raw.has(KIND)));
  const claims = { kind, issuer: raw.get(ISSUER), number: raw.get(NAMES.number) };
  for (const name of FIELDS[kind]) claims[name] = raw.get(NAMES[name]);
  // The decoder puts U+FFFD where bytes are no text; no document of ours has it.
  for (const name of ["issuer", ...TEXTS]) {
    must(!(name in claims) || (typeof claims[name] === "string" && !claims[name].includes("\uFFFD")));
  }
  must(Object.values(claims).every((value) => value !== undefined) && isBytes(raw.get(ID)));
  if (kind === "permit") must(Number.isInteger(claims.floors));
  if (kind === "extract") claims.as_of = dayOf(claims.as_of);
  if (kind === "occupancy") {
    must(/^\d*\.?\d+$|^\d+\.$/.test(claims.area) && claims.point.length === 2 && claims.point.every(Number.isInteger));
    claims.point = [claims.point[1], claims.point[0]].map((part) => (part / 100000).toFixed(5)).join(", ");
  }
  claims.issued = dayOf(raw.get(ISSUED));
  claims.starts = kind === "occupancy" ? dayOf(raw.get(STARTS)) : claims.issued;
  claims.expires = dayOf(raw.get(EXPIRES));
  claims.hash = Array.from(raw.get(ID), (byte) => byte.toString(16).padStart(2, "0")).join("");
  must(claims.hash.length === 2 * HASH_BYTES);
  return claims;
}

// {code, kid, claims, revoked}; `today` is an ISO day in Damascus, `list` what listOf gave or null.
export async function judge(text, keys, today, list) {
  const { kid, code, claims: raw } = await open(text, keys);
  const claims = claimsOf(raw);
  if (code !== "signed") return { code, kid, claims, revoked: null };
  const found = list && list.issuer === claims.issuer ? list.revoked.get(claims.number) : null;
  if (found && found.on <= today) return { code: "revoked", kid, claims, revoked: found };
  const outside = today < claims.starts ? "not_yet_valid" : today > claims.expires ? "expired" : "valid";
  return { code: outside, kid, claims, revoked: null };
}

// {issuer, issued, until, revoked}: the moments in milliseconds; throws Unreadable where it is not signed by a known key.
export async function listOf(text, keys) {
  const { code, claims: raw } = await open(text, keys);
  must(code === "signed" && raw.get(KIND) === "revocations");
  const revoked = new Map(raw.get(ENTRIES).map(([number, on, reason]) => [number, { on: dayOf(on), reason }]));
  return { issuer: raw.get(ISSUER), issued: 1000 * raw.get(ISSUED), until: 1000 * raw.get(EXPIRES), revoked };
}
