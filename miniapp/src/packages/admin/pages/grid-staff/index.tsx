import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { useMe, type Me } from '../../../../lib/session';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Segments } from '../../../../ui/segments';
import { Tag } from '../../../../ui/tags';
import { Placard } from '../../../../ui/trouble';

type Village = ReplyFrom<'trees.staff'>['villages'][number];
type Staff = Village['rows'][number];

const segments = [
  { value: 'missing', words: '缺人的' },
  { value: 'all', words: '全部' },
] as const;
type Which = (typeof segments)[number]['value'];

/** 一格三员: who is missing in each small grid, village by village. */
export default function GridStaffPage() {
  const given = useRouter().params['nodeId'];
  const me = useMe();
  const nodeId = given ?? (me ? ownNode(me) : undefined);
  return (
    <Page title="一格三员">
      {nodeId && <Staff nodeId={nodeId} />}
      {me && !nodeId && <Placard icon="layout-grid" title="没有归您看的网格" words="请从“网格和组织”里选一个再看。" />}
    </Page>
  );
}

/** Opened without a place: the widest that one serves oneself, with all below it. */
const ownNode = ({ roles }: Me): string | undefined =>
  ['county', 'town', 'village'].flatMap(
    (tier) => roles.find((role) => role.tier === tier && role.gridId !== null)?.gridId ?? [],
  )[0];

function Staff({ nodeId }: { nodeId: string }) {
  const query = useCall('trees.staff', { params: { nodeId } });
  const [which, setWhich] = useState<Which>('missing');
  return (
    <>
      <Segments label="看哪些" segments={segments} value={which} onChange={setWhich} />
      <Await query={query}>
        {({ villages }) => {
          const shown = villages.filter((village) => which === 'all' || village.complete < village.groups);
          return shown.length === 0 ? (
            <Placard icon="circle-check-big" title="每个小网格三员都齐了" words="点“全部”看看都是谁。" />
          ) : (
            shown.map((village) => <VillageCard key={village.id} village={village} which={which} />)
          );
        }}
      </Await>
    </>
  );
}

function VillageCard({ village, which }: { village: Village; which: Which }) {
  const { missing, groups, complete } = village;
  const lacking = [
    [missing.partyGuide, '党建指导员'],
    [missing.villageLiaison, '驻村干部'],
    [missing.gridWorker, '网格员'],
  ] as const;
  const words = lacking.flatMap(([count, name]) => (count > 0 ? [`缺${name} ${count} 个`] : [])).join('，');
  const rows = village.rows.filter((row) => which === 'all' || row.missing.length > 0);
  return (
    <Card bare title={`${village.name}　${complete}/${groups} 齐`}>
      {words !== '' && <Row icon="circle-alert" title={words} />}
      {rows.map((row) => (
        <Row
          key={row.gridId}
          title={row.name}
          words={staffWords(row)}
          end={row.missing.length > 0 ? <Tag colour="overdue" words={`缺${row.missing.join('、')}`} /> : undefined}
          onPress={() => void go('treeNode', { tree: 'grid', nodeId: row.gridId })}
        />
      ))}
    </Card>
  );
}

const staffWords = ({ partyGuide, villageLiaison, gridWorker }: Staff): string =>
  [
    ['党建指导员', partyGuide],
    ['驻村干部', villageLiaison],
    ['网格员', gridWorker],
  ]
    .flatMap(([name, people]) =>
      people && people.length > 0 ? [`${String(name)} ${(people as string[]).join('、')}`] : [],
    )
    .join(' · ');
