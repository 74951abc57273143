// A report that was made: saved once, and told to have arrived.
export default function ({ data, setTriggerValue }) {
  if (window.simulatorHanded === data.token) return;
  window.simulatorHanded = data.token;
  const bytes = Uint8Array.from(atob(data.content), (letter) => letter.charCodeAt(0));
  save(data.file, new Blob([bytes], { type: data.type }));
  setTriggerValue("event", { kind: "handed", token: data.token });
}
