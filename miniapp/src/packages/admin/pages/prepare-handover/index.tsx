import { handoverKinds, type HandoverKind } from '@sandan/shared/posts/handover.words';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { ActTrouble, fieldErrors } from '../../../../features/orders/act-sheet';
import { dateAfter, instantOf } from '../../../../lib/china-instant';
import { useDraft, type DraftInHand } from '../../../../lib/draft';
import { goInstead } from '../../../../lib/navigation';
import { useCall, usePut } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Choice, optionsOf } from '../../../../ui/choice';
import { DateTimeField, type DayAndTime } from '../../../../ui/date-fields';
import { Field, Labelled } from '../../../../ui/field';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Sheet } from '../../../../ui/sheet';
import { Switch } from '../../../../ui/switch';
import type { NodePage } from '../../nodes/change-fields';
import { HolderSearch } from '../../nodes/holder-search';
import { emptyTerm, isTermSet, TermFields, termOf, type Term } from '../../nodes/term-fields';

interface Leaving {
  readonly postId: string;
  readonly successor: { readonly personId: string; readonly name: string } | null;
}
interface Fields extends Term {
  readonly kind: HandoverKind | null;
  readonly when: DayAndTime;
  readonly words: string;
  readonly moveLinks: boolean;
  readonly leaving: readonly Leaving[];
}
const empty: Fields = {
  ...emptyTerm,
  kind: null,
  when: { date: '', time: '' },
  words: '',
  moveLinks: false,
  leaving: [],
};

/** 准备换届: why, when, who leaves, who follows. Nothing changes before its time; the next page shows row by row what will. */
export default function PrepareHandoverPage() {
  const { tree: which, nodeId = '' } = useRouter().params;
  const tree = which === 'party' ? 'party' : 'grid';
  const node = useCall('trees.node', { params: { tree, nodeId } });
  const draft = useDraft<Fields>(`handover.${nodeId}`, empty);
  const put = usePut('handovers.prepare');
  const { kind, when, words, moveLinks, leaving } = draft.fields;
  const effectiveAt = instantOf(when.date, when.time);
  const comesIn = leaving.some(({ successor }) => successor !== null);
  const unready =
    kind === null || effectiveAt === null || leaving.length === 0 || (comesIn && !isTermSet(draft.fields));
  const send = () => {
    if (kind === null || effectiveAt === null) return;
    const posts = leaving.map(({ postId, successor }) => ({ postId, successorId: successor?.personId ?? null }));
    const said = words.trim() === '' ? {} : { words: words.trim() };
    const body = { tree, nodeId, kind, effectiveAt, moveLinks, posts, ...said, ...termOf(draft.fields) } as const;
    const onSuccess = () => {
      draft.clear();
      void goInstead('handover', { handoverId: draft.id });
    };
    put.mutate({ params: { handoverId: draft.id }, body }, { onSuccess });
  };
  const foot = (
    <>
      <ActTrouble error={put.error} />
      <Button look="main" busy={put.isPending} disabled={unready} onPress={send}>
        准备好，看看会变什么
      </Button>
    </>
  );
  return (
    <Page title="准备交接" bottom={foot}>
      <Await query={node}>{(page) => <Questions node={page} draft={draft} errors={fieldErrors(put.error)} />}</Await>
    </Page>
  );
}

interface QuestionsProps {
  readonly node: NodePage;
  readonly draft: DraftInHand<Fields>;
  readonly errors: Readonly<Record<string, string>>;
}

function Questions({ node, draft, errors }: QuestionsProps) {
  const now = useNow();
  const { kind, when, words, moveLinks, leaving } = draft.fields;
  return (
    <>
      <Labelled label={`${node.name}为什么交接？`}>
        <Choice
          label="原因"
          options={optionsOf(handoverKinds)}
          value={kind}
          onChange={(value) => draft.change({ kind: value })}
        />
      </Labelled>
      <DateTimeField
        label="什么时候生效？"
        from={dateAfter(now, 0)}
        value={when}
        error={errors['effectiveAt']}
        onChange={(value) => draft.change({ when: value })}
      />
      <Leavers node={node} leaving={leaving} onChange={(value) => draft.change({ leaving: value })} />
      {leaving.some(({ successor }) => successor !== null) && (
        <>
          <TermFields term={draft.fields} onChange={draft.change} />
          <Card bare>
            <Switch
              title="联系的家庭也一起交给接任的人"
              words="不选的话，还由原来的人联系"
              on={moveLinks}
              onChange={(value) => draft.change({ moveLinks: value })}
            />
          </Card>
        </>
      )}
      <Field
        label="说明"
        hint="可以不写。"
        maxLength={200}
        value={words}
        onChange={(value) => draft.change({ words: value })}
      />
    </>
  );
}

interface LeaversProps {
  readonly node: NodePage;
  readonly leaving: readonly Leaving[];
  readonly onChange: (leaving: Leaving[]) => void;
}

/** Touching somebody asks who follows; nobody means 空缺, served from above. */
function Leavers({ node, leaving, onChange }: LeaversProps) {
  const [asked, setAsked] = useState<NodePage['holders'][number] | null>(null);
  const others = leaving.filter(({ postId }) => postId !== asked?.postId);
  const answer = (successor: Leaving['successor']) => {
    if (asked) onChange([...others, { postId: asked.postId, successor }]);
    setAsked(null);
  };
  const wordsFor = (postId: string): string => {
    const found = leaving.find((each) => each.postId === postId);
    if (!found) return '留任';
    return found.successor === null ? '离任，空缺由上一级代管' : `离任，由${found.successor.name}接任`;
  };
  return (
    <>
      <Card bare title="谁离任，谁接任？">
        {node.holders
          .filter(({ behalfOf }) => behalfOf === null)
          .map((holder) => (
            <Row
              key={holder.postId}
              title={`${holder.kindName ?? holder.roleName} ${holder.name}`}
              words={wordsFor(holder.postId)}
              onPress={() => setAsked(holder)}
            />
          ))}
      </Card>
      {asked && (
        <Sheet title={`${asked.name}离任，谁接任？`} open onClose={() => setAsked(null)}>
          <Card bare>
            <Row title="留任，不变" onPress={() => (onChange([...others]), setAsked(null))} />
            <Row title="没有接任的人" words="空缺，由上一级代管" onPress={() => answer(null)} />
          </Card>
          <HolderSearch onPick={({ personId, name }) => answer({ personId, name })} />
        </Sheet>
      )}
    </>
  );
}
