/* What is chosen: the day, the record, the filters, the layers. Whoever shows it listens, and learns what has changed.
   A state is never altered, only replaced. */
mapapp.store = (initial) => {
  let state = Object.freeze({ ...initial });
  const listeners = [];
  const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);

  function set(patch) {
    const changed = new Set(Object.keys(patch).filter((name) => !same(patch[name], state[name])));
    if (!changed.size) return;
    state = Object.freeze({ ...state, ...patch });
    for (const listener of listeners) listener(state, changed);
  }

  return { get: () => state, set, on: (listener) => listeners.push(listener) };
};
