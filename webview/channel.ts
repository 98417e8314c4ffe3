import type { Channel, InspectorCommand, RunEvent } from '../src/shared/protocol';

interface Poster {
  postMessage(message: unknown): void;
}

/** The extension host at the other end. Only VS Code can post to this page, so what comes is what the protocol says. */
export function hostChannel(host: Poster): Channel<InspectorCommand, RunEvent> {
  return {
    post: message => host.postMessage(message),
    onMessage: handler => {
      window.addEventListener('message', (event: MessageEvent<RunEvent>) => handler(event.data));
    },
  };
}
