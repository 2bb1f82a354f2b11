/** A text that no log, error, JSON or `util.inspect` shows: it stands in a private field, and only `reveal` gives it. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }
}
