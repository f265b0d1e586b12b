/** What was asked for cannot be done; the message says what to ask for instead. */
export class CannotMake extends Error {}
