export interface Aria {
  readonly role?: string;
  readonly label?: string;
  /** Decoration, or said elsewhere: read-aloud passes over it. */
  readonly hidden?: boolean;
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** What it opens and closes is open. */
  readonly expanded?: boolean;
  /** What lies under it cannot be reached: a dialog, a sheet. */
  readonly modal?: boolean;
  /** Read aloud when it changes. */
  readonly live?: 'polite' | 'assertive';
}

/** WeChat calls it `aria-role`; the rest has the same names on both builds. Spread onto any component: `{...aria({ … })}`. */
export function aria({ role, label, hidden, checked, disabled, expanded, modal, live }: Aria): Record<string, unknown> {
  const all = {
    [process.env.TARO_ENV === 'h5' ? 'role' : 'aria-role']: role,
    'aria-label': label,
    'aria-hidden': hidden,
    'aria-checked': checked,
    'aria-disabled': disabled,
    'aria-expanded': expanded,
    'aria-modal': modal,
    'aria-live': live,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
