/** Before the tests: nothing yet. */
export function setup(): void {}
