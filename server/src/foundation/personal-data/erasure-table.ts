/**
 * 注销: what happens to every text of the database when a person is erased (个人信息保护法 47 条, 网络数据安全管理条例
 * 24 条). Complete by construction: a test compares it with information_schema, so whoever adds a text column adds a line.
 *
 * Kept as records without identity: that an order was placed, what was done about it and when, its ratings, deeds and
 * decisions, consents, the audit. Their ids go on naming a person of whom nothing is left but a number.
 */
export type Erasure =
  /** Chosen from a list, computed, a key or a day: nothing that a person wrote. */
  | 'code'
  /** Of the office: places, organisations, categories, settings, notices. */
  | 'office'
  /** JSON that holds ids, codes and counts only; tests scan it. */
  | 'ids'
  /**
   * What anybody wrote: name and numbers of the erased are replaced, in whosever row. `words` is the column that says
   * which thing it is about: where another living person has the same name, the name goes from those things only that the
   * erased had to do with.
   */
  | { readonly words: string }
  /** The same under a seal: opened, replaced and sealed again. */
  | { readonly sealedWords: string }
  /** A row of somebody's list, staged under a seal: it goes where it tells of the erased, and is not imported any more. */
  | { readonly staged: string }
  /** A name beside the id of its bearer. */
  | { readonly nameOf: string }
  /** The whole row goes where this column is the erased. */
  | { readonly rowOf: string }
  /** Emptied in the row whose column here is the erased (a sealed one with its index). */
  | { readonly emptied: string }
  /** Emptied in orders that the erased placed for themselves, or that name them as contact or beneficiary. */
  | 'order';

export type TableErasure = Readonly<Record<string, Erasure>>;

const codes = (...columns: string[]): TableErasure => each('code', columns);
const office = (...columns: string[]): TableErasure => each('office', columns);
const words = (thing: string, ...columns: string[]): TableErasure => each({ words: thing }, columns);
const sealedWords = (thing: string, ...columns: string[]): TableErasure => each({ sealedWords: thing }, columns);
const rowOf = (person: string, ...columns: string[]): TableErasure => each({ rowOf: person }, columns);
const emptied = (person: string, ...columns: string[]): TableErasure => each({ emptied: person }, columns);
const each = (how: Erasure, columns: string[]): TableErasure =>
  Object.fromEntries(columns.map((column) => [column, how]));

const people: Readonly<Record<string, TableErasure>> = {
  person: {
    name: { nameOf: 'id' },
    ...emptied('id', 'phone_sealed', 'phone_index', 'published_phone_sealed', 'id_number_sealed', 'id_number_index'),
    ...emptied('id', 'relation', 'residence', 'birth_year', 'born_on', 'guardian_id', 'household_id', 'demo_key'),
    ...emptied('id', 'home_organization_id', 'away_until'),
  },
  profile: rowOf('person_id', 'nickname'),
  former_telling: rowOf('person_id', 'kind', 'text_sealed'),
  person_skill: rowOf('person_id', 'skill'),
  wechat_account: rowOf('person_id', 'openid', 'unionid'),
  session: rowOf('person_id', 'channel', 'device'),
  // Goes with its account, by the foreign key.
  subscription: codes('openid', 'template_id', 'choice'),
  wechat_message: {
    ...codes('template', 'kind', 'once_key', 'state', 'reason', 'template_id'),
    ...rowOf('person_id', 'openid'),
  },
  // Of the app, of no person.
  wechat_token: codes('id', 'token_sealed'),
  // A hash and a word of WeChat's, for a day.
  wechat_push: codes('id', 'event'),
  // An event of WeChat's about an openid that is nobody's any more, until it is carried out; no words of anybody's.
  wechat_push_failed: codes('push_id', 'event', 'text_sealed'),
  wechat_tally: codes('name', 'outcome', 'last_rid', 'last_address'),
  second_factor: rowOf('person_id', 'secret_sealed', 'next_secret_sealed'),
  // Deleted a day after it ran out; browser and network of a computer, no name.
  desktop_sign_in: codes('state', 'browser', 'network', 'check_digits'),
  phone_connection: codes('state', 'browser', 'network', 'check_digits'),
  role_grant: { ...codes('role', 'kind', 'tree'), ...words('person_id', 'open_reason', 'end_reason') },
  household: { ...codes('code'), ...office('door_sealed') },
  household_flag: rowOf('person_id', 'flag_sealed', 'source', 'ground', 'since', 'checked_until'),
  call_note: { ...codes('reason', 'state'), ...words('order_id', 'words') },
  waiting_message: { ...rowOf('person_id', 'digest', 'kind', 'topic', 'about'), ...words('thing_id', 'deed') },
  message: { ...rowOf('person_id', 'kind', 'topic', 'about'), ...words('about_id', 'title', 'words') },
  audit_entry: { ...codes('act'), facts: 'ids' },
  privacy_notice: office('sections', 'summary'),
  consent: codes('purpose', 'channel'),
  correction: {
    ...codes('field', 'state'),
    ...emptied('person_id', 'before_sealed', 'after_sealed'),
    ...words('id', 'words', 'answer'),
  },
  account_closing: { ...codes('reason', 'state'), ...words('id', 'words') },
  photo: codes('thing_kind', 'storage_key'),
  // A voice is as telling as a face, and no law keeps it: what was said stands in the order's words.
  voice_note: { ...rowOf('owner_id', 'thing_kind', 'format', 'storage_key'), ...words('thing_id', 'words') },
  content_check: codes('field', 'root', 'state', 'trace_id', 'reason'),
  media_verdict: codes('trace_id', 'verdict'),
  // What somebody complained of is nobody's any more; the decision and its reason stay with the thing.
  content_complaint: { ...rowOf('person_id', 'reason', 'outcome'), ...words('check_id', 'words') },
  opinion: { ...codes('kind'), ...words('id', 'words', 'answer') },
};

/** 绑定、照看、代办: of two people, the one it was about and the one who asked or agreed. */
const bound: Readonly<Record<string, TableErasure>> = {
  // Goes with whoever asked, and with whoever was found to be the one. Others may have named the erased as their head.
  binding_request: {
    ...codes('stage', 'state'),
    ...rowOf('person_id', 'kind'),
    ...rowOf('target_id', 'proof'),
    ...words('id', 'said_head', 'decision'),
    ...sealedWords('id', 'door_sealed'),
    confirmed_by: { nameOf: 'confirmed_by_id' },
  },
  care_relation: rowOf('carer_id', 'state', 'kinship'),
  // Where the erased was the agent it is another one's consent: it is revoked and stays.
  proxy_consent: rowOf('person_id', 'how', 'starts_on', 'ends_on'),
  household_event: codes('kind', 'happened_on'),
};

/** 联户、走访、排查. */
const rounds: Readonly<Record<string, TableErasure>> = {
  household_link: codes('reason', 'end_reason', 'last_visit_result'),
  link_request: words('id', 'words', 'answer'),
  visit: { ...codes('result', 'needs'), ...words('id', 'met_words', 'words') },
  visit_version: words('visit_id', 'content'),
  visit_reminder: codes('day'),
  visit_setting: office('value'),
  sweep: {
    ...codes('kind', 'state', 'stage', 'selected_by', 'flags_sealed'),
    listed: 'ids',
    // Shelters name their keepers and a duty phone.
    ...words('id', 'title', 'purpose', 'ordered_by', 'questions', 'places'),
  },
  sweep_target: codes('state'),
  sweep_visit: { ...codes('result'), ...sealedWords('id', 'said_sealed') },
  sweep_person: codes('standing'),
  sweep_order: codes('question_id'),
  sweep_reminder: codes('day'),
  activity: { ...codes('kind', 'audience'), ...words('id', 'title', 'words', 'place', 'cancel_words') },
};

/** 变动、交接, 名册. Plans and what was done hold ids and the reasons that somebody wrote. */
const changes: Readonly<Record<string, TableErasure>> = {
  tree_change: {
    ...codes('tree', 'kind', 'state', 'since_day', 'by_role', 'trouble'),
    ...words('id', 'asked', 'before', 'after', 'reason'),
    by_name: { nameOf: 'by_id' },
  },
  handover: {
    ...codes('tree', 'kind', 'state'),
    ...words('id', 'plan', 'done', 'words'),
    by_name: { nameOf: 'by_id' },
  },
  roster_import: {
    ...codes('kind', 'state', 'options', 'counts', 'problem'),
    ...words('id', 'ignored', 'problem_fields'),
  },
  roster_row: { ...codes('unit_key'), content_sealed: { staged: 'id' } },
  roster_unit: { ...codes('unit_key', 'standing'), content_sealed: { staged: 'id' } },
};

const orders: Readonly<Record<string, TableErasure>> = {
  service_order: {
    ...codes('state', 'stage', 'source', 'category_id', 'urgency', 'visibility', 'desk_kind', 'converted_to'),
    ...codes('outcome', 'closed_how'),
    ...each('order', ['contact_name', 'contact_phone_sealed', 'address_sealed', 'best_time', 'beneficiary_name']),
    ...words('id', 'consent', 'words', 'title', 'public_summary', 'question', 'converted_reference'),
  },
  order_party: { ...codes('kind'), ...words('order_id', 'words') },
  order_answer: { ...codes('method'), ...words('order_id', 'spoke_to', 'words') },
  supervision: { by_name: { nameOf: 'by_id' }, ...codes('by_role', 'due_on'), ...words('order_id', 'words') },
  task: {
    ...codes('mode', 'state', 'stage', 'urgency', 'skill', 'due_on', 'outcome', 'no_photo_reason', 'link_on'),
    ...words('order_id', 'note', 'unit', 'unit_contact', 'letter_number', 'answer', 'words', 'link'),
  },
  task_claim: codes('state', 'reason'),
  inspection_draw: codes('month', 'seed', 'rule'),
  inspection_item: { ...codes('why', 'result', 'fault'), ...words('order_id', 'words', 'appeal') },
  history: {
    ...codes('thing', 'action', 'actor_role', 'from_state', 'to_state'),
    actor_name: { nameOf: 'actor_id' },
    ...words('aggregate_id', 'words', 'facts'),
  },
};

const promised = ['title', 'words', 'unit', 'for_words', 'money_source'];

const commitments: Readonly<Record<string, TableErasure>> = {
  commitment_round: { ...codes('state', 'stage', 'minima', 'ranks', 'drafts_until', 'reviews_until', 'ends_on') },
  commitment_debtor: {
    ...codes('kind', 'owed', 'exempt'),
    name: { nameOf: 'debtor_id' },
    ...words('debtor_id', 'exempt_words'),
  },
  commitment_reminder: codes('day', 'kind'),
  commitment: {
    ...codes('kind', 'state', 'stage', 'field', 'deadline', 'mend_by', 'disputed_from', 'corrects_to'),
    ...words('id', ...promised, 'late_reason'),
  },
  commitment_version: {
    ...codes('field', 'deadline'),
    by_name: { nameOf: 'by_id' },
    ...words('commitment_id', ...promised, 'reason'),
  },
  commitment_opinion: words('commitment_id', 'words', 'answer', 'answered_by'),
  commitment_dispute: words('commitment_id', 'words', 'answer', 'answered_by'),
  commitment_change: {
    ...codes('kind', 'decision'),
    by_name: { nameOf: 'by_id' },
    ...words('commitment_id', 'reason', 'content', 'answer', 'answered_by'),
  },
  commitment_rating: words('commitment_id', 'words'),
  commitment_import: codes('state'),
  commitment_import_row: { ...codes('standing'), ...words('commitment_id', 'cells', 'faults', 'hints') },
  showcase: {
    ...codes('held_on', 'state', 'stage', 'results'),
    ...words('id', 'title', 'criteria'),
    signed_by: { nameOf: 'signed_by_id' },
  },
  showcase_score: codes('marks'),
};

const house: Readonly<Record<string, TableErasure>> = {
  grid: { ...codes('tier', 'code', 'boundary'), ...office('name', 'duty_phone') },
  party_organization: { ...codes('org_rank'), ...office('name') },
  category: {
    ...codes('id', 'field', 'urgency', 'limits', 'photo', 'visibility', 'desk_tier', 'desk_kind', 'skill'),
    ...office('field_name', 'name', 'notice'),
  },
  setting: { ...codes('name'), ...office('value') },
  closed_period: office('name'),
  calendar_day: { ...codes('kind'), ...office('name') },
  message_template: { ...codes('kind', 'template_id', 'mode', 'fault_field'), ...office('fields', 'left_out') },
  outbox_delivery: { ...codes('reaction'), ...words('aggregate_id', 'error') },
  due_work: { ...codes('kind', 'clock'), ...words('aggregate_id', 'error') },
  link: codes('link_key', 'what'),
  erased_file: codes('storage_key'),
  migration: codes('name'),
};

export const erasureTable: Readonly<Record<string, TableErasure>> = {
  ...people,
  ...bound,
  ...rounds,
  ...changes,
  ...orders,
  ...commitments,
  ...house,
};

/** Rows of one person that hold no text at all: hashes of codes and keys. */
export const textlessRows: Readonly<Record<string, string>> = {
  recovery_code: 'person_id',
  sign_in_link: 'person_id',
  subscription_report: 'person_id',
};
