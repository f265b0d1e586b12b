import type { Mode } from './foundation/config';
import type { EntityClass } from './foundation/database/connect';
import type { Route } from './foundation/http/implement';
import { RoleGrant, Session, SignInFailure } from './foundation/access/access.entity';
import { AuditEntry } from './foundation/audit/audit-entry.entity';
import { DueWork } from './foundation/due-work/due-work.entity';
import { History, OutboxDelivery } from './foundation/outbox/history.entity';
import { Photo } from './foundation/photos/photo.entity';
import { VoiceNote } from './foundation/photos/voice-note.entity';
import { Category } from './rooms/catalog/category.entity';
import { Grid, Tree } from './rooms/grids/grid.entity';
import { Household, HouseholdLink } from './rooms/households/household.entity';
import { InspectionDraw, InspectionItem } from './rooms/inspections/inspection.entity';
import { Message } from './rooms/messages/message.entity';
import { Opinion } from './rooms/opinions/opinion.entity';
import { Order, OrderAnswer, OrderParty, OrderReminder, OrderSubject, Supervision } from './rooms/orders/order.entity';
import { Task, TaskClaim } from './rooms/orders/task.entity';
import { PartyAncestor, PartyGrid, PartyOrganization } from './rooms/party/party-organization.entity';
import { Person, PersonSkill, WechatAccount } from './rooms/people/person.entity';
import { CalendarDay, ClosedPeriod, Setting } from './rooms/settings/setting.entity';

/** Table of contents: the entities, routes and reactions of each room. */
export const entities: EntityClass[] = [
  ...[Session, RoleGrant, SignInFailure, AuditEntry, DueWork, History, OutboxDelivery, Photo, VoiceNote],
  ...[Grid, Tree, PartyOrganization, PartyAncestor, PartyGrid],
  ...[Person, WechatAccount, PersonSkill, Household, HouseholdLink],
  ...[Category, Setting, ClosedPeriod, CalendarDay],
  ...[Order, OrderParty, OrderSubject, OrderAnswer, OrderReminder, Supervision, Task, TaskClaim],
  ...[InspectionDraw, InspectionItem, Message, Opinion],
];

const routes: Route[] = [];

/** Demo routes are not registered outside the demo and the tests: in production they do not exist. */
export const routesOf = (mode: Mode): Route[] =>
  routes.filter(({ endpoint }) => mode !== 'production' || !endpoint.demoOnly);
