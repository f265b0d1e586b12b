import type { RowKey } from './matrix';
import { auditScenes } from './scenes-audit';
import { accessScenes } from './scenes-access';
import { bindingScenes } from './scenes-bindings';
import { commitmentScenes } from './scenes-commitments';
import { householdLinkScenes } from './scenes-household-links';
import { householdScenes } from './scenes-households';
import { activityScenes } from './scenes-activities';
import { linkScenes } from './scenes-links';
import { posterScenes } from './scenes-posters';
import { otherScenes } from './scenes-others';
import { paperScenes } from './scenes-papers';
import { orderScenes } from './scenes-orders';
import { importScenes } from './scenes-imports';
import { privacyScenes } from './scenes-privacy';
import { reviewScenes } from './scenes-reviews';
import { rosterScenes } from './scenes-rosters';
import { showcaseScenes } from './scenes-showcases';
import { postScenes } from './scenes-posts';
import { callScenes } from './scenes-calls';
import { sweepScenes } from './scenes-sweeps';
import { taskScenes } from './scenes-tasks';
import { subscriptionScenes } from './scenes-subscriptions';
import { wechatScenes } from './scenes-wechat';
import type { MakeScene } from './stage';

/** For each row of the matrix a thing in which the act is legal, and the act. */
export const scenes: Record<RowKey, MakeScene> = {
  ...orderScenes,
  ...taskScenes,
  ...commitmentScenes,
  ...showcaseScenes,
  ...paperScenes,
  ...activityScenes,
  ...linkScenes,
  ...posterScenes,
  ...householdLinkScenes,
  ...importScenes,
  ...auditScenes,
  ...accessScenes,
  ...postScenes,
  ...privacyScenes,
  ...bindingScenes,
  ...householdScenes,
  ...sweepScenes,
  ...callScenes,
  ...rosterScenes,
  ...subscriptionScenes,
  ...reviewScenes,
  ...wechatScenes,
  ...otherScenes,
};
