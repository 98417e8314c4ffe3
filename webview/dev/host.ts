/** Stands in for VS Code in the page with the inspector: its theme, and the connection to the page around it. */
import { themeNames, wear } from './theme';

const theme = new URLSearchParams(location.search).get('theme');
wear(themeNames.find(name => name === theme) ?? themeNames[0], document);

window.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => parent.postMessage(message, location.origin),
  getState: () => undefined,
  setState: state => state,
});
