import { useRouter } from '@tarojs/taro';
import { chinaDate } from '@sandan/shared/china-time';
import { useState } from 'react';
import {
  dueTags,
  householdTitle,
  standingWords,
  type LinkedHousehold,
} from '../../../../features/households/household-words';
import { VisitCard } from '../../../../features/households/visit-card';
import { Offline } from '../../../../lib/answer';
import { useDraft } from '../../../../lib/draft';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go, goBack, goInstead } from '../../../../lib/navigation';
import { queries } from '../../../../lib/query';
import { useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { useSubmit } from '../../../../lib/use-submit';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { Page } from '../../../../ui/page';
import { Resumed } from '../../../../ui/resumed';
import { Row } from '../../../../ui/row';
import { Tag } from '../../../../ui/tags';
import { toast } from '../../../../ui/toast';
import { emptyVisit, visitBody, type VisitFields } from './visit-fields';
import { VisitForm } from './visit-form';

type Household = ReplyFrom<'visits.household'>;
type Visit = Household['visits'][number];

/** What was read while there was a network is enough to write down a visit without one. */
const knownHousehold = (householdId: string): Household | undefined => {
  const list = queries.getQueryData<ReplyFrom<'visits.households'>>(['visits.households']);
  const known: LinkedHousehold | undefined = list?.households.find((each) => each.householdId === householdId);
  return known && { ...known, people: [], visits: [], links: [] };
};

/** 走访: how it went, whom one met, what is needed. Photos are never asked for; it sends itself when there is a network. */
export default function VisitPage() {
  const { householdId = '', visitId } = useRouter().params;
  const query = useCall('visits.household', { params: { householdId } });
  const fallback = query.error instanceof Offline ? knownHousehold(householdId) : undefined;
  const household = query.data ?? fallback;
  const visit = household?.visits.find(({ id }) => id === visitId);
  if (!household || (visitId !== undefined && !visit))
    return (
      <Page title="走访">
        <Await query={query}>{() => null}</Await>
      </Page>
    );
  return <VisitOf household={household} visit={visit} />;
}

const fieldsOf = ({ result, at, metPersonId, metWords, words, needs }: Visit): VisitFields => ({
  ...{
    result,
    day: chinaDate(Date.parse(at)),
    metPersonId,
    metWords: metWords ?? '',
    words: words ?? '',
    photoIds: [],
  },
  needs: needs.map(({ need }) => need),
});

function VisitOf({ household, visit }: { household: Household; visit: Visit | undefined }) {
  const { householdId } = household;
  const form = visit ? `visit.${visit.id}` : `visit.of.${householdId}`;
  const [empty] = useState(() => (visit ? fieldsOf(visit) : emptyVisit));
  const draft = useDraft<VisitFields>(form, empty);
  const now = useNow();
  const { busy, refusal, send } = useSubmit();
  const { result } = draft.fields;

  const record = async () => {
    if (result === null) return toast('请选走访的情况');
    const body = visitBody(draft.fields, chinaDate(now), Date.now());
    const common = { id: draft.id, photoIds: draft.fields.photoIds, form, fields: draft.fields };
    const title = `走访${householdTitle(household)}`;
    const state = visit
      ? await send({
          ...{ ...common, title, key: 'visits.change' as const },
          sent: { params: { visitId: visit.id }, body: { ...body, actionId: draft.id } },
        })
      : await send({
          ...{ ...common, title, key: 'visits.record' as const },
          sent: { params: { visitId: draft.id }, body: { ...body, householdId } },
        });
    if (state === 'refused') return;
    const found = { visitId: draft.id, needs: body.needs?.length ?? 0, personId: draft.fields.metPersonId };
    draft.clear();
    await queries.invalidateQueries();
    await leave(state === 'sent', visit === undefined && found.needs > 0 ? found : null);
  };

  return (
    <Page
      title={visit ? '更正走访' : '走访'}
      bottom={
        <Button look="main" busy={busy} disabled={result === null} onPress={() => void record()}>
          {visit ? '改好了' : '记下来'}
        </Button>
      }
    >
      <Who household={household} />
      {draft.resumed && <Resumed onForget={draft.clear} />}
      {refusal && <Row icon="circle-alert" title={refusal.title} />}
      <VisitForm household={household} draft={draft} errors={refusal?.fields ?? {}} />
      {!visit && <Before household={household} />}
      {!visit && <Linked links={household.links} />}
    </Page>
  );
}

interface Found {
  readonly visitId: string;
  readonly personId: string | null;
}

/** What was found may become an order at once; without a network it waits in the queue behind the visit. */
async function leave(sent: boolean, found: Found | null): Promise<void> {
  toast(sent ? '记下来了，辛苦了' : '写好了，等网络好了自动发出');
  if (found === null) return goBack();
  const words = '刚才记的需要，可以现在就替他家点单，村里接着办。';
  const orders = await confirm({ title: '替他家点单吗？', words, yes: '现在点单', no: '先不点' });
  if (!orders) return goBack();
  const { visitId, personId } = found;
  await goInstead('place', { way: 'visit', visitId, ...(personId === null ? {} : { personId }) });
}

function Who({ household }: { household: Household }) {
  const now = useNow();
  const { householdId, grid, flags, checksDue, due, standInFor } = household;
  const words = [grid, standInFor === null ? null : `替${standInFor}联系`, standingWords(household, now)];
  return (
    <Card bare>
      <Row
        icon="house"
        title={householdTitle(household)}
        words={words.filter((part) => part !== null).join('，')}
        end={<Tag {...dueTags[due]} />}
      />
      {flags.length > 0 && (
        <Row
          icon="hand-heart"
          title={flags.join('、')}
          words={checksDue > 0 ? '登记满一年了，点进去看看还是不是这样' : '只有您和组里的网格员看得到'}
          end={checksDue > 0 ? <Tag colour="overdue" words="要核对" /> : undefined}
          onPress={() => void go('household', { householdId })}
        />
      )}
    </Card>
  );
}

/** 以前谁联系: a line for each period. */
const Linked = ({ links }: Pick<Household, 'links'>) =>
  links.length < 2 ? null : (
    <Card bare title="谁联系过这户">
      {links.map(({ name, from, until, reasonName, endReasonName }) => (
        <Row
          key={`${from}.${name}`}
          title={name}
          words={
            until === null
              ? `${chinaDate(Date.parse(from))} 起，${reasonName}`
              : `${chinaDate(Date.parse(from))} 到 ${chinaDate(Date.parse(until))}，${endReasonName ?? '已换人'}`
          }
        />
      ))}
    </Card>
  );

/** 谁来过: so that one knows what was spoken of last time. */
const Before = ({ household: { visits } }: { household: Household }) =>
  visits.length === 0 ? null : (
    <>
      <Card bare title="以前的走访">
        {null}
      </Card>
      {visits.map((visit) => (
        <VisitCard key={visit.id} visit={visit} atHome />
      ))}
    </>
  );
