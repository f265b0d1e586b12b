import { profileApi } from '@sandan/shared/people/profile.contract';
import { implement } from '../../foundation/http/implement';
import { changeProfile, profileOf } from './profile.service';

export const profileRoutes = implement('profile', profileApi, {
  read: ({ db, caller, world }) => profileOf(db, caller, world.signing),
  change: ({ db, caller, body, world }) => changeProfile(db, caller, body(), world.signing),
});
