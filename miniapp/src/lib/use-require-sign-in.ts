import { useEffect } from 'react';
import { askToSignIn } from './navigation';
import { useSession } from './session';

/** Sends whoever is not signed in to the sign-in page, once the page is in front. True when the page may be drawn. */
export function useRequireSignIn(open: boolean, shown: boolean): boolean {
  const signedIn = useSession((session) => session.kept !== null);
  const mayStay = open || signedIn;
  useEffect(() => {
    if (!mayStay && shown) void askToSignIn();
  }, [mayStay, shown]);
  return mayStay;
}
