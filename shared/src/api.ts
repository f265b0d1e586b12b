import { auditApi } from './audit/audit.contract';
import { grantReviewsApi } from './audit/grant-reviews.contract';
import { accessApi } from './access/access.contract';
import { boardsApi } from './boards/boards.contract';
import { categoriesApi } from './catalog/categories.contract';
import { cardsApi } from './commitments/cards.contract';
import { commitmentsApi } from './commitments/commitments.contract';
import { papersApi } from './commitments/papers.contract';
import { importsApi } from './commitments/imports.contract';
import { showcasesApi } from './commitments/showcases.contract';
import { roundsApi } from './commitments/rounds.contract';
import { gridsApi } from './grids/grids.contract';
import { householdLinksApi } from './households/household-links.contract';
import { visitsApi } from './households/visits.contract';
import { careApi, proxiesApi } from './households/care.contract';
import { householdsApi } from './households/households.contract';
import { inspectionsApi } from './inspections/inspections.contract';
import { activitiesApi } from './activities/activities.contract';
import { linksApi } from './links/links.contract';
import { liveApi } from './live/live.contract';
import { postersApi } from './links/posters.contract';
import { messagesApi } from './messages/messages.contract';
import { reviewsApi } from './reviews/reviews.contract';
import { opinionsApi } from './opinions/opinions.contract';
import { ordersApi } from './orders/orders.contract';
import { tasksApi } from './orders/tasks.contract';
import { callsApi } from './calls/calls.contract';
import { bindingsApi } from './people/bindings.contract';
import { connectionsApi } from './people/connections.contract';
import { peopleApi } from './people/people.contract';
import { profileApi } from './people/profile.contract';
import { publishedPhoneApi } from './people/published-phone.contract';
import { rostersApi } from './people/rosters.contract';
import { photosApi } from './photos/photos.contract';
import { handoversApi } from './posts/handovers.contract';
import { postsApi } from './posts/posts.contract';
import { privacyApi } from './privacy/privacy.contract';
import { settingsApi } from './settings/settings.contract';
import { subscriptionsApi } from './subscriptions/subscriptions.contract';
import { treesApi } from './trees/trees.contract';
import { wechatApi } from './wechat/wechat.contract';
import { sweepsApi } from './sweeps/sweeps.contract';

/** Every route there is, by room. The mini-program imports its type only (decisions.md §5.3). */
export const api = {
  access: accessApi,
  people: peopleApi,
  privacy: privacyApi,
  bindings: bindingsApi,
  connections: connectionsApi,
  households: householdsApi,
  care: careApi,
  proxies: proxiesApi,
  grids: gridsApi,
  categories: categoriesApi,
  orders: ordersApi,
  tasks: tasksApi,
  inspections: inspectionsApi,
  photos: photosApi,
  messages: messagesApi,
  calls: callsApi,
  opinions: opinionsApi,
  reviews: reviewsApi,
  boards: boardsApi,
  settings: settingsApi,
  commitments: commitmentsApi,
  rounds: roundsApi,
  showcases: showcasesApi,
  papers: papersApi,
  cards: cardsApi,
  links: linksApi,
  posters: postersApi,
  activities: activitiesApi,
  imports: importsApi,
  audit: auditApi,
  grantReviews: grantReviewsApi,
  posts: postsApi,
  trees: treesApi,
  handovers: handoversApi,
  householdLinks: householdLinksApi,
  visits: visitsApi,
  profile: profileApi,
  publishedPhone: publishedPhoneApi,
  sweeps: sweepsApi,
  subscriptions: subscriptionsApi,
  rosters: rostersApi,
  wechat: wechatApi,
  live: liveApi,
};

export type Contracts = typeof api;
/** `orders.claim`: room and endpoint. */
export type EndpointKey = { [Room in keyof Contracts]: `${Room}.${keyof Contracts[Room] & string}` }[keyof Contracts];
export type EndpointOf<Key extends EndpointKey> = Key extends `${infer Room extends keyof Contracts}.${infer Name}`
  ? Name extends keyof Contracts[Room]
    ? Contracts[Room][Name]
    : never
  : never;
