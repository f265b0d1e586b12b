/** Who has said how large the type is to be, and what the server knows of it. Pure; `large-type.ts` keeps and sends it. */
export interface LargeType {
  readonly large: boolean;
  /** Has the person said so himself, or does the app follow the phone? */
  readonly chosen: boolean;
  /** Chosen without network: the server has yet to be told. */
  readonly unsent: boolean;
  /** How often he has chosen here: an answer to what was asked before the last time is out of date. */
  readonly choices: number;
}

/** The switch itself. */
export const choose = (state: LargeType, large: boolean): LargeType => ({
  large,
  chosen: true,
  unsent: true,
  choices: state.choices + 1,
});

/** The server has taken `large`; if the person has changed his mind since, that has still to be told. */
export const told = (state: LargeType, large: boolean): LargeType =>
  state.large === large ? { ...state, unsent: false } : state;

/** What the server says of the person, asked for after `asked` choices: it never undoes a newer one. */
export function adopt(state: LargeType, large: boolean, asked: number): LargeType {
  if (state.unsent || state.choices !== asked) return state;
  return large || state.chosen ? { ...state, large, chosen: true } : state;
}
