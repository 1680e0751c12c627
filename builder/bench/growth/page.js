/**
 * Runs in Excerpt's tab after `excerpt.js`: teaches its `ask` two more kinds.
 *
 * `copy`: what it costs to bring a cache of this size into a WASM heap, tensor by tensor as the runtime does.
 * `bandwidth`: how fast this many workers read memory, and copy it, all at once.
 */
() => {
  const MINIMUM_MS = 300;
  const MINIMUM_TIMES = 5;
  const PAGE = 65536;
  /** Far larger than any cache of a processor. */
  const BYTES_PER_WORKER = 256 * 1024 * 1024;

  /**
   * (func (export "sum") (param $at i32) (param $end i32) (result i64) …): adds up memory in steps of a
   * cache line, eight 64-bit loads each. Assembled by hand; nothing but reading limits it.
   */
  const SUM = "AGFzbQEAAAABBwFgAn9/AX4CCAEBZQFtAgABAwIBAAcHAQNzdW0AAApoAWYBAX4DQCACIAApAwB8IQIgAiAAKQMIfCEC"
    + "IAIgACkDEHwhAiACIAApAxh8IQIgAiAAKQMgfCECIAIgACkDKHwhAiACIAApAzB8IQIgAiAAKQM4fCECIABBwABqIgAgAUkNAAsgAgs=";

  const worker = `
    const memory = new WebAssembly.Memory({ initial: ${BYTES_PER_WORKER / PAGE} });
    new Uint8Array(memory.buffer).fill(1);
    const half = ${BYTES_PER_WORKER} / 2;
    const ways = {
      read: ({ sum }) => { sum(0, ${BYTES_PER_WORKER}); return ${BYTES_PER_WORKER}; },
      copy: () => { new Uint8Array(memory.buffer).copyWithin(half, 0, half); return ${BYTES_PER_WORKER}; },
    };
    onmessage = async ({ data: { way, code } }) => {
      const { instance } = await WebAssembly.instantiate(code, { e: { m: memory } });
      postMessage("ready");
      onmessage = () => {
        let bytes = 0;
        const begin = performance.timeOrigin + performance.now();
        let end = begin;
        while (end - begin < ${2 * MINIMUM_MS}) {
          bytes += ways[way](instance.exports);
          end = performance.timeOrigin + performance.now();
        }
        postMessage({ bytes, begin, end });
      };
    };`;

  const message = (from) => new Promise((resolve, reject) => {
    from.onmessage = ({ data }) => { resolve(data); };
    from.onerror = ({ message: why }) => { reject(new Error(why)); };
  });

  async function rate(way, threads) {
    const url = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
    const workers = Array.from({ length: threads }, () => new Worker(url));
    try {
      const code = Uint8Array.from(atob(SUM), (character) => character.charCodeAt(0));
      await Promise.all(workers.map((one) => {
        one.postMessage({ way, code });
        return message(one);
      }));
      const done = await Promise.all(workers.map((one) => {
        one.postMessage("go");
        return message(one);
      }));
      const ms = Math.max(...done.map(({ end }) => end)) - Math.min(...done.map(({ begin }) => begin));
      return done.reduce((sum, { bytes }) => sum + bytes, 0) / ms / 1e6;
    } finally {
      for (const one of workers) one.terminate();
      URL.revokeObjectURL(url);
    }
  }

  /** Gigabytes a second. A copied byte counts twice: it is read and written. */
  async function bandwidth({ threads }) {
    return { read: await rate("read", threads), copy: await rate("copy", threads) };
  }

  /** The median milliseconds of bringing `tensors` arrays of `floats` numbers each into a WASM heap. */
  async function copy({ tensors, floats }) {
    const sources = Array.from({ length: tensors }, () => new Float32Array(floats).fill(1));
    const memory = new WebAssembly.Memory({ initial: Math.ceil((tensors * floats * 4) / PAGE) });
    const heap = new Float32Array(memory.buffer);
    const bring = () => { sources.forEach((source, index) => { heap.set(source, index * floats); }); };
    bring(); // The first one also has the system hand out the memory.
    const times = [];
    const begin = performance.now();
    while (times.length < MINIMUM_TIMES || performance.now() - begin < MINIMUM_MS) {
      const started = performance.now();
      bring();
      times.push(performance.now() - started);
    }
    return { ms: times.sort((a, b) => a - b)[Math.floor(times.length / 2)] };
  }

  const { ask } = globalThis;
  const kinds = { bandwidth, copy };
  globalThis.ask = ({ kind, ...request }) => (kinds[kind] ? kinds[kind](request) : ask({ kind, ...request }));
}
