import { firstPlace } from './body-bytes.ts';

/** A block is halved when it grows beyond this: to add to a block costs its length. */
const blockSize = 1024;

/** Numbers kept in order. To add one costs what a block of them costs, not what all of them do. */
export class SortedValues {
  #blocks: number[][] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(value: number): void {
    this.#size++;
    const found = this.#blocks.findIndex((block) => value <= block.at(-1)!);
    const place = found < 0 ? this.#blocks.length - 1 : found;
    const block = this.#blocks[place];
    if (!block) {
      this.#blocks.push([value]);
      return;
    }
    const at = firstPlace(block.length, (index) => block[index]! >= value);
    block.splice(at, 0, value);
    if (block.length > blockSize) this.#blocks.splice(place + 1, 0, block.splice(blockSize / 2));
  }

  /** Adds many; to sort all anew is cheaper than to place each, where they are a good part of the whole. */
  addMany(values: readonly number[]): void {
    if (values.length < 64 || values.length < this.#size / 8) {
      for (const value of values) this.add(value);
      return;
    }
    const all = Float64Array.from([...this.#blocks.flat(), ...values]).sort();
    this.#size = all.length;
    this.#blocks = [];
    for (let from = 0; from < all.length; from += blockSize / 2) {
      this.#blocks.push(Array.from(all.subarray(from, from + blockSize / 2)));
    }
  }

  /** The value at a place in the order, from 0. */
  at(place: number): number | undefined {
    let left = place;
    for (const block of this.#blocks) {
      if (left < block.length) return block[left];
      left -= block.length;
    }
    return undefined;
  }

  /** How many are greater than `value`. */
  countAbove(value: number): number {
    let count = 0;
    for (let place = this.#blocks.length - 1; place >= 0; place--) {
      const block = this.#blocks[place]!;
      if (block[0]! <= value) {
        return count + block.length - firstPlace(block.length, (index) => block[index]! > value);
      }
      count += block.length;
    }
    return count;
  }
}
