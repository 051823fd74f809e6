/** A value kept between 0 and the most that it may be. */
export const within = (value: number, most: number): number =>
  Math.min(Math.max(0, value), Math.max(0, most));
