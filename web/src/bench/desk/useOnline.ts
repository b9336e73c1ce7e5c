import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** What the browser knows of the network; a server that is down is noticed by its silence instead. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);
