// Pages that are reached inside a document.

import { changed } from './events';
import { guard, listen } from './guard';
import { address } from './text';
import { arrive } from './views';

/**
 * Pages that are reached without loading a document: another path, and another hash where the site says so. Else a
 * hash is an anchor, and a query always a filter or a position.
 */
export const watchHistory = (): void => {
  // Routers pass relative, absolute and no addresses, so the location says where we are, never the argument.
  // No hash, "#" and "#/" are the same page.
  const look = () => address(location.href).replace(/[#/]*(\?[^#]*|$)/g, '');
  let path = look();
  const moved = guard(() => {
    changed();
    if (path !== (path = look())) arrive();
  });
  (['pushState', 'replaceState'] as const).map((name) => {
    const original = history[name];
    history[name] = (...args) => {
      original.apply(history, args);
      moved();
    };
  });
  listen('popstate hashchange', moved);
};
