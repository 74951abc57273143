// The news: all that a move sends. The board takes it from here, so that the board itself, with its
// code and style, is sent only once.
export default function ({ data }) {
  window.simulatorNews = data;
  window.dispatchEvent(new Event("simulator-news"));
  return () => { window.simulatorNews = null; };
}
