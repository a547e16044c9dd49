// The app's own files: kept by the worker for use without signal, renewed only when asked.

/** Register the worker. `changed` is called when there is something new to say. */
export function keepApp(changed, container = navigator.serviceWorker) {
  const release = { ready: Boolean(container?.controller), waiting: null, use() {} };
  if (!container) return release;
  container
    .register("/walk/worker.js", { scope: "/walk/" })
    .then((registration) => watch(registration, release, changed, container))
    .catch(() => {}); // no line: the copy that is kept goes on working
  container.ready.then(() => {
    release.ready = true;
    changed();
  });
  release.use = () => {
    container.addEventListener("controllerchange", () => location.reload(), { once: true });
    release.waiting.postMessage("use-new-version");
  };
  return release;
}

function watch(registration, release, changed, container) {
  const look = () => {
    // Without a controller the worker is this phone's first and takes over by itself.
    release.waiting = container.controller ? registration.waiting : null;
    changed();
  };
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
  look();
}
