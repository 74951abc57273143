// What comes after its page: a part that takes long to compute, handed to the place that waits for it.
export default function ({ data }) {
  const parts = (window.simulatorLate ??= {});
  parts[data.slot] = data;
  window.dispatchEvent(new Event("simulator-late"));
  return () => { if (parts[data.slot] === data) delete parts[data.slot]; };
}
