/** Columns that name a grid and do not follow when it moves or is merged, each with its reason. */
export const stayingColumns: Readonly<Record<string, string>> = {
  'grid.*': 'the tree itself: change-grid.ts',
  'household.grid_id': 'goes to the survivor at once: change-grid.ts',
  'role_grant.node_id': 'goes to the survivor at once: change-grid.ts',
  'handover.node_id': 'goes to the survivor at once: change-grid.ts',
  'party_grid.grid_id': 'goes to the survivor at once: change-grid.ts',
  'tree_change.node_id': 'what was done to which node is history, and found through its survivor',
  'visit.*': 'the grid of that day; visits are read by their household, and an old grid means its survivor',
  'service_order.placed_*': 'where it was placed: figures keep the grid of that day (domain.md §7)',
  'roster_import.grid_id':
    'a file is checked against the trees of its day: a changed one refuses it, and it is uploaded anew',
  'inspection_draw.grid_id': 'the draw of a town: towns are neither merged nor given another id',
  'setting.grid_id': 'of a town',
  'closed_period.grid_id': 'of a town or the county',
  'commitment_version.for_grid_id': 'what was promised to whom in those words',
  'visit_setting.town_id': 'of a town',
  'commitment_round.town_id': 'of a town',
  'showcase.town_id': 'of a town',
  'audit_entry.town_id': 'where it was done, on that day; the chain is never rewritten',
  'history.town_id': 'where it was done, on that day',
  'outbox_delivery.town_id': 'only which worker of a test takes it',
  'due_work.town_id': 'only which worker of a test takes it; times are worked out from the thing',
};
