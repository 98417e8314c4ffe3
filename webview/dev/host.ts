/** Stands in for VS Code in the page of the inspector: its theme, and the connection to the page around it. */
import { themeNamed, wear } from './theme';

wear(themeNamed(new URLSearchParams(location.search).get('theme')), document);

window.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => parent.postMessage(message, location.origin),
  getState: () => undefined,
  setState: state => state,
});
