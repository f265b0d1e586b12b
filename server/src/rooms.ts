import type { RosterKind } from '@sandan/shared/people/roster.words';
import type { Mode } from './foundation/config';
import type { EntityClass } from './foundation/database/connect';
import type { DueHandler } from './foundation/due-work/due-work';
import type { Route } from './foundation/http/implement';
import type { Reaction } from './foundation/outbox/outbox';
import type { TierTable } from './foundation/reference/tier-tables';
import type { PushHandler } from './foundation/world/wechat/push-handler';
import type { Gauges } from './foundation/http/service-gauges';
import { RoleGrant, Session, SignInFailure } from './foundation/access/access.entity';
import { AuditAnchor, AuditCheck, AuditSeal } from './foundation/audit/audit-chain.entity';
import { AuditEntry } from './foundation/audit/audit-entry.entity';
import { ExportSubject } from './foundation/audit/export-subject.entity';
import { FormerTelling } from './foundation/personal-data/former-telling';
import { ContentCheck, MediaVerdict } from './foundation/checks/content-check.entity';
import { mediaVerdicts } from './foundation/checks/media-verdicts';
import { DueWork } from './foundation/due-work/due-work.entity';
import { History, OutboxDelivery } from './foundation/outbox/history.entity';
import { Link } from './foundation/links/link.entity';
import { anyRoster, type AnyRoster } from './foundation/rosters/roster';
import { RosterImport, RosterRow, RosterUnit } from './foundation/rosters/roster.entity';
import { Photo } from './foundation/photos/photo.entity';
import { VoiceNote } from './foundation/photos/voice-note.entity';
import { auditRoutes } from './rooms/audit/audit.routes';
import { grantReviewsRoutes } from './rooms/audit/grant-reviews.routes';
import { accessRoutes } from './rooms/access/access.routes';
import { DesktopSignIn, SignInLink } from './rooms/access/desktop-sign-in.entity';
import { WechatToken } from './foundation/world/wechat/wechat-token.entity';
import { RecoveryCode, SecondFactor } from './rooms/access/second-factor.entity';
import { orderGauges } from './rooms/boards/boards.gauges';
import { LiveTicket } from './foundation/live/live-ticket.entity';
import { historyStream } from './foundation/live/history-stream';
import type { LiveStream } from './foundation/live/live-stream';
import { boardsRoutes } from './rooms/boards/boards.routes';
import { catalogRoutes } from './rooms/catalog/catalog.routes';
import { Category } from './rooms/catalog/category.entity';
import {
  Commitment,
  CommitmentChange,
  CommitmentDispute,
  CommitmentHelper,
  CommitmentOpinion,
  CommitmentOrder,
  CommitmentRating,
  CommitmentVersion,
} from './rooms/commitments/commitment.entity';
import { cardsRoutes } from './rooms/commitments/cards.routes';
import { CommitmentImport, CommitmentImportRow } from './rooms/commitments/import.entity';
import { importsRoutes } from './rooms/commitments/imports.routes';
import { commitmentDueWork } from './rooms/commitments/commitments.due-work';
import { linkedOrders } from './rooms/commitments/commitments.reactions';
import { commitmentsRoutes } from './rooms/commitments/commitments.routes';
import { papersRoutes } from './rooms/commitments/papers.routes';
import { Debtor, Reminder, Round } from './rooms/commitments/round.entity';
import { roundsRoutes } from './rooms/commitments/rounds.routes';
import { Showcase, ShowcaseContestant, ShowcaseJudge, ShowcaseScore } from './rooms/commitments/showcase.entity';
import { showcasesRoutes } from './rooms/commitments/showcases.routes';
import { Grid, Tree } from './rooms/grids/grid.entity';
import { boundaryRoster } from './rooms/grids/boundary-roster';
import { gridRoster } from './rooms/grids/grid-roster';
import { organizationRoster } from './rooms/party/organization-roster';
import { peopleRoster } from './rooms/people/people-roster';
import { householdRoster } from './rooms/households/household-roster';
import { gridsRoutes } from './rooms/grids/grids.routes';
import { Household, HouseholdFlag, HouseholdLink } from './rooms/households/household.entity';
import { householdLinksRoutes } from './rooms/households/household-links.routes';
import {
  LinkRequest,
  Visit,
  VisitOrder,
  VisitReminder,
  VisitSetting,
  VisitVersion,
} from './rooms/households/visit.entity';
import { flagDueWork } from './rooms/households/flags.due-work';
import { hubDueWork, hubFollowsPost } from './rooms/households/hub.reactions';
import { flagsFollowed } from './rooms/households/flags.reactions';
import { visitDueWork } from './rooms/households/visits.due-work';
import { visitOrders } from './rooms/households/visits.reactions';
import { visitsRoutes } from './rooms/households/visits.routes';
import { CareRelation, HouseholdEvent, ProxyConsent } from './rooms/households/care.entity';
import { householdsRoutes } from './rooms/households/households.routes';
import { InspectionDraw, InspectionItem } from './rooms/orders/inspection.entity';
import { liveRoutes } from './rooms/live/live.routes';
import { linksRoutes } from './rooms/links/links.routes';
import { CallNote } from './rooms/orders/call-note.entity';
import { callDueWork, callNotes } from './rooms/orders/calls.reactions';
import { callsRoutes } from './rooms/orders/calls.routes';
import { Activity, ActivityPerson } from './rooms/activities/activity.entity';
import { activityTiers } from './rooms/activities/activities.tiers';
import { activitiesRoutes } from './rooms/activities/activities.routes';
import { activityMessages } from './rooms/messages/activity-messages';
import { postersRoutes } from './rooms/links/posters.routes';
import { Message } from './rooms/messages/message.entity';
import { digestDueWork } from './rooms/messages/digest.due-work';
import { WaitingMessage } from './rooms/messages/waiting-message.entity';
import { commitmentMessages, reminderMessages, roundMessages } from './rooms/messages/commitment-messages';
import { flagMessages } from './rooms/messages/flag-messages';
import { heldTaskMessages } from './rooms/messages/held-task-messages';
import { hubMessages } from './rooms/messages/hub-messages';
import { coveringMessages } from './rooms/messages/covering-messages';
import { handoverMessages } from './rooms/messages/handover-messages';
import { lateHandOverMessages } from './rooms/messages/late-hand-over-messages';
import { linkMessages } from './rooms/messages/link-messages';
import { visitMessages } from './rooms/messages/visit-messages';
import { showcaseMessages } from './rooms/messages/showcase-messages';
import { bindingMessages } from './rooms/messages/binding-messages';
import { careMessages } from './rooms/messages/care-messages';
import { sweepMessages } from './rooms/messages/sweep-messages';
import { messageReaction } from './rooms/messages/messages.reactions';
import { messageLive } from './rooms/messages/messages.live';
import { messagesRoutes } from './rooms/messages/messages.routes';
import {
  MessageTemplate,
  Subscription,
  SubscriptionReport,
  WechatMessage,
} from './foundation/subscribe/subscribe.entity';
import { subscribeGauges } from './foundation/subscribe/subscribe.gauges';
import { subscriptionPushes } from './rooms/subscriptions/subscription-pushes';
import { subscriptionsRoutes } from './rooms/subscriptions/subscriptions.routes';
import { Opinion } from './rooms/opinions/opinion.entity';
import { reviewsRoutes } from './rooms/reviews/reviews.routes';
import { reviewTiers } from './rooms/reviews/reviews.tiers';
import { reviewMessages } from './rooms/messages/review-messages';
import { opinionsRoutes } from './rooms/opinions/opinions.routes';
import { Order, OrderAnswer, OrderParty, OrderReminder, OrderSubject, Supervision } from './rooms/orders/order.entity';
import { Task, TaskClaim } from './rooms/orders/task.entity';
import { PartyAncestor, PartyGrid, PartyOrganization } from './rooms/party/party-organization.entity';
import { inspectionsRoutes } from './rooms/orders/inspections.routes';
import { closedPeriod } from './rooms/orders/closed-periods';
import { orderDueWork } from './rooms/orders/orders.due-work';
import { heldTasks, heldTasksDueWork } from './rooms/orders/held-tasks';
import { orderLive } from './rooms/orders/orders.live';
import { passOrders } from './rooms/orders/pass-orders';
import { postsOfTheDead } from './rooms/posts/posts.reactions';
import { ordersRoutes } from './rooms/orders/orders.routes';
import { tasksRoutes } from './rooms/orders/tasks.routes';
import { BindingRequest } from './rooms/people/binding.entity';
import { bindingsRoutes } from './rooms/people/bindings.routes';
import { PhoneConnection } from './rooms/people/connection.entity';
import { connectionsRoutes } from './rooms/people/connections.routes';
import { rostersRoutes } from './rooms/people/rosters.routes';
import * as peopleWriter from './rooms/people/roster-people';
import { peopleRoutes } from './rooms/people/people.routes';
import { Profile } from './rooms/people/profile.entity';
import { profileRoutes } from './rooms/people/profile.routes';
import { publishedPhoneRoutes } from './rooms/people/published-phone.routes';
import { Complaint } from './rooms/reviews/complaint.entity';
import { Person, PersonSkill, WechatAccount } from './rooms/people/person.entity';
import { photosRoutes } from './rooms/photos/photos.routes';
import { auditMessages } from './rooms/messages/audit-messages';
import { postMessages } from './rooms/messages/post-messages';
import { HandoverRow } from './rooms/posts/handover.entity';
import { handoverDueWork } from './rooms/posts/handovers.due-work';
import { handoversRoutes } from './rooms/posts/handovers.routes';
import { postsRoutes } from './rooms/posts/posts.routes';
import { commitmentTiers } from './rooms/commitments/commitments.tiers';
import { linkRequestTiers } from './rooms/households/link-requests.tiers';
import { orderTiers } from './rooms/orders/orders.tiers';
import { bindingTiers } from './rooms/people/bindings.tiers';
import { correctionTiers } from './rooms/privacy/corrections.tiers';
import { sweepTiers } from './rooms/sweeps/sweeps.tiers';
import * as treeWriter from './rooms/trees/roster-changes';
import { TreeChangeRow } from './rooms/trees/tree-change.entity';
import { treeDueWork } from './rooms/trees/trees.due-work';
import { treesRoutes } from './rooms/trees/trees.routes';
import { CalendarDay, ClosedPeriod, Setting } from './rooms/settings/setting.entity';
import { privacyDueWork } from './rooms/privacy/privacy.due-work';
import { AccountClosing, Consent, Correction, PrivacyNotice } from './rooms/privacy/privacy.entity';
import { accountPushes } from './rooms/privacy/wechat-account-pushes';
import { privacyRoutes } from './rooms/privacy/privacy.routes';
import { closingMessages, correctionMessages } from './rooms/messages/privacy-messages';
import { punishmentMessages, revocationMessages } from './rooms/messages/wechat-messages';
import { settingsRoutes } from './rooms/settings/settings.routes';
import { Sweep, SweepOrder, SweepPerson, SweepReminder, SweepTarget, SweepVisit } from './rooms/sweeps/sweep.entity';
import { sweepDueWork } from './rooms/sweeps/sweeps.due-work';
import { sweptOrders } from './rooms/sweeps/sweeps.reactions';
import { sweepsRoutes } from './rooms/sweeps/sweeps.routes';
import { punished, wechatGauges } from './rooms/wechat/punishment';
import { failedPushDueWork } from './rooms/wechat/failed-pushes';
import { FailedPush, TakenPush } from './rooms/wechat/wechat-push.entity';
import { wechatRoutes } from './rooms/wechat/wechat.routes';

/** Table of contents: the entities, routes and reactions of each room. */
export const entities: EntityClass[] = [
  ...[Session, RoleGrant, SignInFailure, AuditEntry, DueWork, History, OutboxDelivery, Photo, VoiceNote, Link],
  ...[AuditSeal, AuditAnchor, AuditCheck],
  ...[DesktopSignIn, SignInLink, SecondFactor, RecoveryCode, WechatToken, LiveTicket],
  ...[ContentCheck, MediaVerdict, Complaint],
  HandoverRow,
  ...[Grid, Tree, TreeChangeRow, PartyOrganization, PartyAncestor, PartyGrid],
  ...[Visit, VisitVersion, VisitOrder, VisitReminder, VisitSetting, LinkRequest],
  ...[
    Person,
    Profile,
    WechatAccount,
    PersonSkill,
    BindingRequest,
    PhoneConnection,
    Household,
    HouseholdFlag,
    HouseholdLink,
  ],
  ...[HouseholdEvent, CareRelation, ProxyConsent],
  ...[RosterImport, RosterRow, RosterUnit],
  ...[Category, Setting, ClosedPeriod, CalendarDay],
  ...[Order, OrderParty, OrderSubject, OrderAnswer, OrderReminder, Supervision, Task, TaskClaim],
  ...[CallNote, InspectionDraw, InspectionItem, Message, WaitingMessage, Opinion],
  ...[Round, Debtor, Reminder, Commitment, CommitmentVersion, CommitmentHelper, CommitmentOrder],
  ...[CommitmentOpinion, CommitmentDispute, CommitmentChange, CommitmentRating],
  ...[CommitmentImport, CommitmentImportRow],
  ...[Showcase, ShowcaseContestant, ShowcaseJudge, ShowcaseScore],
  ...[PrivacyNotice, Consent, Correction, AccountClosing, ExportSubject, FormerTelling],
  ...[Activity, ActivityPerson],
  ...[Sweep, SweepTarget, SweepVisit, SweepPerson, SweepOrder, SweepReminder],
  TakenPush,
  FailedPush,
  ...[MessageTemplate, Subscription, SubscriptionReport, WechatMessage],
];

/** 名册: what each room can take in from an office's own lists. */
export const rosters: ReadonlyMap<RosterKind, AnyRoster> = new Map(
  [
    anyRoster(gridRoster(treeWriter)),
    anyRoster(boundaryRoster(treeWriter)),
    anyRoster(organizationRoster(treeWriter)),
    anyRoster(peopleRoster),
    anyRoster(householdRoster(peopleWriter)),
  ].map((roster) => [roster.kind, roster]),
);

/** What one room does about each kind of push from WeChat; several may want the same. */
export const pushHandlers: readonly PushHandler[] = [
  ...[...subscriptionPushes, ...accountPushes],
  ...[punished, mediaVerdicts],
];

const routes: Route[] = [
  ...[...ordersRoutes, ...tasksRoutes, ...inspectionsRoutes],
  ...[...accessRoutes, ...peopleRoutes, ...bindingsRoutes, ...connectionsRoutes, ...householdsRoutes],
  ...[...gridsRoutes, ...catalogRoutes],
  ...rostersRoutes(rosters),
  ...[...commitmentsRoutes, ...roundsRoutes, ...showcasesRoutes, ...cardsRoutes, ...papersRoutes, ...importsRoutes],
  ...[...auditRoutes, ...grantReviewsRoutes],
  ...[...linksRoutes, ...postersRoutes, ...postsRoutes, ...treesRoutes, ...handoversRoutes],
  ...[...householdLinksRoutes, ...visitsRoutes, ...publishedPhoneRoutes, ...profileRoutes],
  ...privacyRoutes,
  ...sweepsRoutes,
  ...[...liveRoutes, ...subscriptionsRoutes, ...reviewsRoutes, ...activitiesRoutes],
  ...wechatRoutes(pushHandlers),
  ...[...photosRoutes, ...messagesRoutes, ...callsRoutes, ...opinionsRoutes, ...boardsRoutes, ...settingsRoutes],
];

/** What the rooms tell the operator's monitor. */
export const gauges: readonly Gauges[] = [orderGauges, subscribeGauges, wechatGauges];

/** Demo routes are not registered outside the demo and the tests: in production they do not exist. */
export const routesOf = (mode: Mode): Route[] =>
  routes.filter(({ endpoint }) => mode !== 'production' || !endpoint.demoOnly);

/** What one room does about events of another. */
export const reactions: readonly Reaction[] = [
  ...[messageReaction, commitmentMessages, roundMessages, reminderMessages, showcaseMessages],
  ...[postMessages, heldTasks, heldTaskMessages, handoverMessages, lateHandOverMessages],
  auditMessages,
  ...[linkedOrders, visitOrders],
  ...[
    linkMessages,
    coveringMessages,
    hubMessages,
    hubFollowsPost,
    visitMessages,
    flagMessages,
    flagsFollowed,
    correctionMessages,
    closingMessages,
    revocationMessages,
    punishmentMessages,
  ],
  ...[bindingMessages, careMessages, passOrders, postsOfTheDead],
  ...[sweepMessages, sweptOrders],
  ...[callNotes, reviewMessages, activityMessages],
];

/** What those who look on hear of at once, as ids. */
export const liveStreams: readonly LiveStream[] = [historyStream([orderLive]), messageLive];

/** What follows when a grid moves or is merged (trees.due-work.ts). */
export const tierTables: readonly TierTable[] = [
  ...[...orderTiers, ...commitmentTiers],
  ...[...bindingTiers, ...correctionTiers, ...linkRequestTiers, ...activityTiers, ...sweepTiers, ...reviewTiers],
];

/** What happens when a clock rings, by its kind. */
export const dueHandlers: Readonly<Record<string, DueHandler>> = {
  ...orderDueWork,
  ...heldTasksDueWork,
  ...commitmentDueWork,
  ...handoverDueWork,
  ...treeDueWork(tierTables),
  ...visitDueWork,
  ...flagDueWork,
  ...hubDueWork,
  ...privacyDueWork,
  ...sweepDueWork,
  ...digestDueWork,
  ...callDueWork,
  ...failedPushDueWork(pushHandlers),
  closedPeriod,
};
