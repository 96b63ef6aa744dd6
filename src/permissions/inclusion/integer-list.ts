/** A growing list of 32-bit integers: automata are made of tens of thousands, and plain arrays of them keep the collector busy. */
export class IntegerList {
  length = 0;
  private items = new Int32Array(64);

  /** The new length. */
  push(item: number): number {
    if (this.length === this.items.length) {
      const larger = new Int32Array(2 * this.length);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length] = item;
    return ++this.length;
  }

  get(index: number): number {
    return this.items[index]!;
  }

  set(index: number, item: number): void {
    this.items[index] = item;
  }

  /** A copy. */
  toArray(): Int32Array {
    return this.items.slice(0, this.length);
  }
}
