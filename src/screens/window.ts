/** The part of a list of `count` that is shown in `room` rows: with the selected one in it, in the middle if need be. */
export function windowOf(
  count: number,
  selected: number,
  room: number,
): { readonly from: number; readonly to: number } {
  const rows = Math.max(1, room);
  const from = Math.max(0, Math.min(selected - Math.floor(rows / 2), count - rows));
  return { from, to: Math.min(count, from + rows) };
}
