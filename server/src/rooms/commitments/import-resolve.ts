import {
  commitmentFields,
  commitmentKinds,
  isPersonal,
  type CommitmentKind,
} from '@sandan/shared/commitments/commitment.words';
import { wholeTown, type ImportColumn } from '@sandan/shared/commitments/import.words';
import type { GridNode } from '../../foundation/reference/tree';
import { halfWidth } from '../../foundation/spreadsheets/cell-text';
import type { Lookups, Member } from './import-lookups';
import { amountOf, centsOf, dayOf, fieldOf, kindOf, withoutSpaces } from './import-values';
import type { ImportCells } from './import.entity';

/** Notes what is wrong with a cell; one thing for each column is enough. */
export type Complain = (column: ImportColumn, words: string) => void;

const kindNames = Object.values(commitmentKinds).join('、');
const fieldNames = Object.values(commitmentFields).join('、');

/** What a row says, in the words of a draft. What could not be understood is left out and complained of. */
export function resolve(cells: ImportCells, lookups: Lookups, complain: Complain) {
  const kind = read(cells.kind, kindOf, () => complain('kind', `写成这几种之一：${kindNames}`));
  const organizationId = organizationOf(cells, lookups, complain);
  const owner = kind && ownerOf(kind, organizationId, cells, lookups, complain);
  const homeId = owner?.personId && lookups.people.get(owner.personId)?.homeId;
  return {
    roundId: lookups.round.id,
    kind,
    ...owner,
    ...{ title: cells.title, words: cells.words },
    field: read(cells.field, fieldOf, () => complain('field', `写成这几类之一：${fieldNames}`)),
    ...quantityOf(cells, complain),
    forGridId: gridOf(cells, organizationId ?? homeId ?? undefined, lookups, complain),
    forWords: cells.forWords ?? null,
    deadline: read(cells.deadline, dayOf, (text) => complain('deadline', `“${text}”认不出来，写成 2026-06-30 这样`)),
    money: read(cells.money, centsOf, () => complain('money', '只写数字，单位是元')) ?? null,
    moneySource: cells.moneySource ?? null,
  };
}

function read<T>(
  text: string | undefined,
  parse: (text: string) => T | undefined,
  refuse: (text: string) => void,
): T | undefined {
  if (text === undefined) return undefined;
  const value = parse(text);
  if (value === undefined) refuse(text);
  return value;
}

function organizationOf({ organization }: ImportCells, { organizations }: Lookups, complain: Complain) {
  if (organization === undefined) return undefined;
  const ids = organizations.get(withoutSpaces(organization)) ?? [];
  if (ids.length === 1) return ids[0];
  const words =
    ids.length === 0 ? `您管的党组织里没有“${organization}”，请照第二张表里的名称写` : '有两个同名的党组织，请联系镇里';
  complain('organization', words);
  return undefined;
}

interface Owner {
  personId?: string | undefined;
  organizationId?: string | undefined;
  responsibleId?: string | undefined;
}

function ownerOf(
  kind: CommitmentKind,
  organizationId: string | undefined,
  cells: ImportCells,
  lookups: Lookups,
  complain: Complain,
): Owner {
  if (isPersonal(kind)) return { personId: memberOf(organizationId, cells, lookups, complain) };
  if (cells.organization === undefined) complain('organization', '班子承诺要写明是哪个党组织的');
  if (organizationId === undefined) return {};
  if (!lookups.led.has(organizationId)) {
    complain('organization', '班子承诺由这个党组织自己的书记导入');
    return {};
  }
  const isMine = cells.name === undefined || withoutSpaces(cells.name) === withoutSpaces(lookups.caller.name);
  const responsibleId = isMine ? lookups.caller.personId : memberOf(organizationId, cells, lookups, complain);
  return { organizationId, responsibleId };
}

/** By name, and by organisation and phone where several are called alike. */
function memberOf(
  organizationId: string | undefined,
  { name, organization, phoneTail }: ImportCells,
  { members, caller: { reference } }: Lookups,
  complain: Complain,
): string | undefined {
  const say = (words: string): undefined => {
    complain('name', words);
    return undefined;
  };
  if (name === undefined) return say('写谁的承诺');
  const called = members.get(withoutSpaces(name)) ?? [];
  const there = organization === undefined ? called : called.filter(({ homeId }) => homeId === organizationId);
  const tail = phoneTail && halfWidth(phoneTail);
  const found = tail ? there.filter((member) => member.phoneTail === tail) : there;
  if (found.length === 1) return found[0]?.id;
  if (found.length > 1) return say(`有 ${found.length} 个“${name}”，请填${organizationId ? '' : '党组织和'}手机后四位`);
  if (there.length > 0) return say(`“${name}”的手机后四位不是 ${tail}，请核对`);
  // The organisation itself was not understood: that has been said.
  if (organization !== undefined && organizationId === undefined) return undefined;
  const elsewhere = called.map((member: Member) => reference.tree.organization(member.homeId)?.name).join('、');
  return say(
    elsewhere ? `“${name}”在${elsewhere}，请改党组织` : `您管的党员里没有“${name}”，请核对姓名，或先登记组织关系`,
  );
}

function quantityOf({ quantity, unit }: ImportCells, complain: Complain) {
  if (quantity === undefined) return { quantity: null, unit: unit ?? null };
  const amount = amountOf(quantity);
  const differs = amount && amount.unit !== '' && unit !== undefined && amount.unit !== unit;
  if (!amount || differs) {
    complain('quantity', `“${quantity}”认不出来，只写数字，单位写在后一格`);
    return { quantity: null, unit: null };
  }
  return { quantity: amount.number, unit: unit ?? (amount.unit || null) };
}

/** 全镇, a village, or a group with its village before it; a group alone where the organisation tells the village. */
function gridOf(
  { forGrid }: ImportCells,
  organizationId: string | undefined,
  { round, caller }: Lookups,
  complain: Complain,
): string | undefined {
  if (forGrid === undefined) return undefined;
  const { tree } = caller.reference;
  const wanted = withoutSpaces(forGrid);
  if (wanted === wholeTown || wanted === tree.gridOf(round.townId).name) return round.townId;
  const named = tree.grids.filter((grid) => tree.isWithin(grid.id, round.townId) && namesOf(grid).includes(wanted));
  const own = organizationId === undefined ? [] : tree.gridsOfOrganization(organizationId);
  const ours = named.filter(({ id }) => own.some((each) => tree.isWithin(id, each.id)));
  const found = ours.length === 1 ? ours : named;
  if (found.length === 1) return found[0]?.id;
  complain(
    'forGrid',
    found.length === 0
      ? `镇里没有“${forGrid}”，写村名、“某某村一组”或“${wholeTown}”`
      : `有几个村都有“${forGrid}”，前面写上村名`,
  );
  return undefined;

  function namesOf({ name, tier, village }: GridNode): string[] {
    return tier === 'group' && village !== null ? [name, `${tree.gridOf(village).name}${name}`] : [name];
  }
}
