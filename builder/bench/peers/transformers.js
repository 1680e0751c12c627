/** Runs in the page of transformers.js' own origin: gives it `ask`, which its worker answers. */
() => {
  const worker = new Worker("/worker/worker.js", { type: "module" });
  globalThis.ask = (request) => new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data: { failure, result } }) => {
      if (failure === undefined) resolve(result);
      else reject(Object.assign(new Error(failure.message), { name: failure.name }));
    };
    worker.postMessage(request);
  });
}
