// The page comes first: nothing of ours may break it, and what we cannot do we say in its console, but not over and over.

let said: string;

export const warn = (what: unknown): void => {
  const text = 'Pulse: ' + what;
  if (text !== said) console.warn((said = text));
};

/** The same function, but an error stays with us. */
export const guard = <A extends unknown[], R>(run: (...args: A) => R) =>
  (...args: A): R | void => {
    try {
      return run(...args);
    } catch (error) {
      warn(error);
    }
  };

/** Listens and nothing more: passive, and at the window, before the page's own listeners can stop the event. */
export const listen = <E extends Event>(types: string, run: (event: E) => void): void => {
  for (const type of types.split(' ')) {
    addEventListener(type, guard(run) as EventListener, { capture: true, passive: true });
  }
};
