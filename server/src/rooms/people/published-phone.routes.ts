import { publishedPhoneApi } from '@sandan/shared/people/published-phone.contract';
import { implement } from '../../foundation/http/implement';
import { changePublishedPhone, readPublishedPhone } from './published-phone.service';

export const publishedPhoneRoutes = implement('publishedPhone', publishedPhoneApi, {
  read: ({ db, caller }) => readPublishedPhone(db, caller),
  change: ({ db, caller, body }) => changePublishedPhone(db, caller, body().shown),
});
