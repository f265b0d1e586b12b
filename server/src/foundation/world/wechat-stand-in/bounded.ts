/** A bench asks for hours, and a demo stands for weeks; nobody reads more than the last of it. */
const most = 20_000;

/** At the end of the list; the first ones go where it has grown too long. */
export function addTo<Thing>(list: Thing[], thing: Thing): void {
  list.push(thing);
  if (list.length > most) list.splice(0, most / 2);
}
