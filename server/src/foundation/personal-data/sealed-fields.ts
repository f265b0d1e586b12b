/**
 * Every column that holds data under encryption: phones, identity numbers, addresses, flags; secrets of a second factor. The name stands in
 * the seal, so that bytes moved to another field do not open. Whoever adds one adds a line here: rotation, backup and
 * the tests that look for plain text go by this table. `index` is a column of 32 bytes beside it, for exact search.
 */
export const sealedFields = {
  'person.phone': { table: 'person', column: 'phone_sealed', index: 'phone_index' },
  'person.publishedPhone': { table: 'person', column: 'published_phone_sealed' },
  'person.idNumber': { table: 'person', column: 'id_number_sealed', index: 'id_number_index' },
  'household.door': { table: 'household', column: 'door_sealed', index: 'door_index' },
  'householdFlag.flag': { table: 'household_flag', column: 'flag_sealed', index: 'flag_index' },
  'bindingRequest.door': { table: 'binding_request', column: 'door_sealed' },
  /** By which flags households were chosen. */
  'sweep.flags': { table: 'sweep', column: 'flags_sealed' },
  /** Answers and words at a door. */
  'sweepVisit.said': { table: 'sweep_visit', column: 'said_sealed' },
  'order.contactPhone': { table: 'service_order', column: 'contact_phone_sealed' },
  'rosterRow.content': { table: 'roster_row', column: 'content_sealed' },
  'rosterUnit.content': { table: 'roster_unit', column: 'content_sealed' },
  'order.address': { table: 'service_order', column: 'address_sealed' },
  'secondFactor.secret': { table: 'second_factor', column: 'secret_sealed' },
  'secondFactor.nextSecret': { table: 'second_factor', column: 'next_secret_sealed' },
  'correction.before': { table: 'correction', column: 'before_sealed' },
  /** What a person was called and reached by before. */
  'formerTelling.text': { table: 'former_telling', column: 'text_sealed' },
  /** What WeChat pushed, openid and all. */
  'failedPush.text': { table: 'wechat_push_failed', column: 'text_sealed' },
  'wechatToken.token': { table: 'wechat_token', column: 'token_sealed' },
  'correction.after': { table: 'correction', column: 'after_sealed' },
} as const satisfies Record<string, SealedColumn>;

export interface SealedColumn {
  readonly table: string;
  /** ASCII text `<key id>.<base64url>`, checked by the database. Its table has a primary key `id`. */
  readonly column: string;
  readonly index?: string;
}

export type SealedField = keyof typeof sealedFields;
export type IndexedField = {
  [F in SealedField]: (typeof sealedFields)[F] extends { index: string } ? F : never;
}[SealedField];

/** What the database takes into a sealed column: plain text is refused there, too. */
export const sealedPattern = '^[a-z0-9]{1,12}[.][A-Za-z0-9_-]{38,}$';
