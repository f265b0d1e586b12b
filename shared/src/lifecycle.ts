/**
 * A lifecycle is a table: which action moves what from where to where. It holds no code, so it can be read by a village
 * secretary, drawn as a diagram, walked by a property test and imported by the mini-program.
 */
export type Stage = 'open' | 'working' | 'done' | 'stopped';

export interface StateRow {
  /** What a person reads. */
  readonly name: string;
  readonly stage: Stage;
}

/** `same`: the state stays. `derived`: the state follows from the children (order: domain.md §3.3). */
export type Target<State extends string> = State | 'same' | 'derived';

export interface ActionRow<State extends string> {
  readonly name: string;
  readonly from: readonly State[];
  readonly to: Target<State> | readonly Target<State>[];
  /** Also makes the thing: there is nothing before it. */
  readonly fresh?: true;
  /** Done by time or by events, never offered to a person. */
  readonly system?: true;
  /** How often a person may do it, and what he may do instead after that. */
  readonly atMost?: number;
  readonly then?: string;
}

export interface Lifecycle<State extends string = string, Action extends string = string> {
  readonly thing: string;
  readonly states: Readonly<Record<State, StateRow>>;
  readonly actions: Readonly<Record<Action, ActionRow<State>>>;
}

export const defineLifecycle = <
  const State extends string,
  const Actions extends Readonly<Record<string, ActionRow<NoInfer<State>>>>,
>(table: {
  readonly thing: string;
  readonly states: Readonly<Record<State, StateRow>>;
  readonly actions: Actions;
}) => table;

export const stageOf = <State extends string>(lifecycle: Lifecycle<State>, state: State): Stage =>
  lifecycle.states[state].stage;

/** What people may do from this state, by the table alone; rights come on top. */
export const actionsFrom = <State extends string, Action extends string>(
  lifecycle: Lifecycle<State, Action>,
  state: State,
): Action[] =>
  (Object.keys(lifecycle.actions) as Action[]).filter(
    (action) => !lifecycle.actions[action].system && lifecycle.actions[action].from.includes(state),
  );

export const canDo = <State extends string, Action extends string>(
  lifecycle: Lifecycle<State, Action>,
  action: Action,
  state: State,
): boolean => lifecycle.actions[action].from.includes(state);

/** The states an action may lead to from `state`; `derived` may lead to any state that is a derivation's result. */
export const targetsOf = <State extends string, Action extends string>(
  lifecycle: Lifecycle<State, Action>,
  action: Action,
  state: State,
  derivable: readonly State[],
): State[] => {
  const { to } = lifecycle.actions[action];
  const targets: readonly Target<State>[] = typeof to === 'string' ? [to] : to;
  return targets.flatMap((target): readonly State[] => {
    if (target === 'same') return [state];
    if (target === 'derived') return derivable;
    return [target];
  });
};
