/** One record on its way: `done` once it was delivered, discarded or filtered out. */
export type Step = { readonly sequenceNumber: string; done: boolean }

/**
 * How far a shard has got: records are begun in order and may finish in any order (lanes work side by side);
 * the position is the last record before which nothing is left undone. It is never ahead of a success.
 */
export class Progress {
  private steps: Step[] = []
  private head = 0
  private lastDone: string | undefined

  constructor(position: string | undefined) {
    this.lastDone = position
  }

  /** Sequence number of the last record of the finished beginning. */
  get position(): string | undefined {
    return this.lastDone
  }

  /** Records between the position and the last one begun. */
  get outstanding(): number {
    return this.steps.length - this.head
  }

  begin(sequenceNumber: string): Step {
    const step = { sequenceNumber, done: false }
    this.steps.push(step)
    return step
  }

  /** Marks a step as done. Returns whether the position moved. */
  finish(step: Step): boolean {
    step.done = true
    const before = this.head
    for (let next = this.steps[this.head]; next?.done === true; next = this.steps[this.head]) {
      this.lastDone = next.sequenceNumber
      this.head++
    }
    const moved = this.head !== before
    if (this.head > 1_000 && this.head * 2 > this.steps.length) {
      this.steps = this.steps.slice(this.head)
      this.head = 0
    }
    return moved
  }
}
