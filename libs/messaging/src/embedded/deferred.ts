/** A promise that is settled from outside; a rejection that nobody awaits is no fault. */
export class Deferred<Value> {
  readonly promise: Promise<Value>;
  private settle: (value: Value) => void = () => undefined;
  private fail: (error: Error) => void = () => undefined;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.settle = resolve;
      this.fail = reject;
    });
    this.promise.catch(() => undefined);
  }

  resolve(value: Value): void {
    this.settle(value);
  }

  reject(error: Error): void {
    this.fail(error);
  }
}
