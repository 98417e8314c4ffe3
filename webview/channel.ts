import type { Channel, InspectorCommand, RunEvent } from '../src/shared/protocol';

interface Poster {
  postMessage(message: unknown): void;
}

/** The connection to the extension host. Only VS Code can post to this page, so its messages are trusted. */
export function hostChannel(host: Poster): Channel<InspectorCommand, readonly RunEvent[]> {
  return {
    post: message => host.postMessage(message),
    onMessage: handler => {
      window.addEventListener('message', (event: MessageEvent<readonly RunEvent[]>) => handler(event.data));
    },
  };
}
