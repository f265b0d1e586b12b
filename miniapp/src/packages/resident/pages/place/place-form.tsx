import Taro from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { View } from '@tarojs/components';
import type { ChosenGrid } from '../../../../features/grids/grid-choice';
import type { Category } from '../../../../features/orders/category-pictures';
import { useDraft } from '../../../../lib/draft';
import type { Me } from '../../../../lib/session';
import { useCall } from '../../../../lib/use-call';
import { useKeptCall } from '../../../../lib/use-kept-call';
import { dropFiles } from '../../../../lib/send-queue-runner';
import { useSubmit } from '../../../../lib/use-submit';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Page } from '../../../../ui/page';
import { toast } from '../../../../ui/toast';
import { Resumed } from '../../../../ui/resumed';
import { CategoryGrid } from './category-grid';
import { ContactQuestion } from './contact-question';
import { NoticeSheet } from './notice-sheet';
import {
  bodyOf,
  emptyPlace,
  gridIdOf,
  missingOf,
  type GrownFrom,
  type Asked,
  type Missing,
  type Question,
  type PlaceFields,
  type Way,
} from './place-draft';
import type { Ended } from './place-result';
import { SimilarOrders } from './similar-orders';
import { WhatQuestion } from './what-question';
import { WhereQuestion } from './where-question';
import { VisitConsent, WhoseQuestion } from './whose-question';

interface PlaceFormProps {
  readonly way: Way;
  readonly title: string;
  readonly me: Me;
  readonly firstCategoryId: string | null;
  readonly grownFrom: GrownFrom;
  readonly scanned: ChosenGrid | null;
  /** 代点: whom it is for, as chosen among the houses of the hub keeper. */
  readonly neighbourId?: string | undefined;
  readonly onEnd: (ended: Ended) => void;
}

/** What every question is given. */
export interface QuestionProps {
  readonly fields: PlaceFields;
  readonly asked: Asked & { readonly category: Category };
  /** What is wrong, said only after the first try to send. */
  readonly missing: Missing;
  readonly onChange: (some: Partial<PlaceFields>) => void;
  /** Something is being said right now. */
  readonly onListening: (listening: boolean) => void;
}

const forms: Record<Way, string> = { own: 'order', direct: 'order.direct', proxy: 'order.proxy', visit: 'order.visit' };

export function PlaceForm(props: PlaceFormProps) {
  const { way, title, me, firstCategoryId, grownFrom, scanned, neighbourId, onEnd } = props;
  const draft = useDraft(forms[way], emptyPlace);
  const query = useKeptCall('categories.list');
  const { busy, refusal, send } = useSubmit();
  const [tried, setTried] = useState(false);
  const [listening, setListening] = useState(false);
  const { change } = draft;
  useEffect(() => {
    if (firstCategoryId !== null) change({ categoryId: firstCategoryId });
  }, [firstCategoryId, change]);
  const scannedId = scanned?.gridId;
  useEffect(() => {
    // Of an earlier draft: whoever has scanned a code since stands there now.
    if (scannedId !== undefined) change({ where: null, grid: null, gcj02: null });
  }, [scannedId, change]);

  const category = query.data?.categories.find(({ id }) => id === draft.fields.categoryId) ?? null;
  const asked = { way, category, me, scanned };
  const missing = missingOf(draft.fields, asked);

  const place = async () => {
    setTried(true);
    const [first] = Object.keys(missing) as Question[];
    if (first !== undefined) return showMissing(first, missing, way);
    if (category === null) return;
    const state = await send({
      id: draft.id,
      key: way === 'direct' ? 'orders.placeDirect' : 'orders.place',
      sent: { params: { orderId: draft.id }, body: bodyOf(draft.fields, { ...asked, category }, grownFrom) },
      photoIds: draft.fields.photoIds,
      voiceId: draft.fields.voice?.id ?? null,
      title: category.name,
      form: forms[way],
      fields: draft.fields,
    });
    if (state === 'refused') return;
    draft.clear();
    onEnd({ orderId: draft.id, state, limitWords: category.limitWords });
  };

  const forget = () => {
    const { photoIds, voice } = draft.fields;
    draft.clear();
    void dropFiles({ photoIds, voiceId: voice?.id ?? null });
  };

  const foot = category && (
    <Foot busy={busy} listening={listening} refusal={refusal?.title ?? null} onPlace={() => void place()} />
  );
  return (
    <Page title={title} bottom={foot ?? undefined}>
      {scanned && !category && <View className="place__scanned">{scanned.words}</View>}
      {neighbourId !== undefined && <ChosenNeighbour personId={neighbourId} onChange={change} />}
      {draft.resumed && hasSaid(draft.fields) && <Resumed onForget={forget} />}
      {category ? (
        <Questions
          fields={draft.fields}
          asked={{ ...asked, category }}
          missing={tried ? { ...missing, ...refusedOf(refusal?.fields) } : {}}
          onChange={change}
          onListening={setListening}
        />
      ) : (
        <Await query={query}>
          {({ categories }) => (
            <CategoryGrid
              categories={way === 'direct' ? categories.filter(({ direct }) => direct) : categories}
              onChoose={({ id }) => {
                change({ categoryId: id });
                void Taro.pageScrollTo({ scrollTop: 0, duration: 0 });
              }}
            />
          )}
        </Await>
      )}
    </Page>
  );
}

/** 我这片的户: who was chosen there is who it is for, until another one is chosen here. */
function ChosenNeighbour({ personId, onChange }: { personId: string } & Pick<QuestionProps, 'onChange'>) {
  const { data } = useCall('households.neighbours');
  const name = data?.items.flatMap(({ people }) => people).find((each) => each.personId === personId)?.name;
  useEffect(() => {
    if (name !== undefined) onChange({ neighbour: { personId, name } });
  }, [personId, name, onChange]);
  return null;
}

type Section = 'what' | 'whose' | 'where' | 'contact';

const sections: Record<Question, Section> = {
  ...{ category: 'what', notice: 'what', words: 'what' },
  ...{ where: 'where', person: 'where', consent: 'whose', phone: 'contact' },
} as const;

/** Says what is missing, and goes there. */
function showMissing(question: Question, missing: Missing, way: Way): void {
  const section = question === 'person' && way === 'proxy' ? 'whose' : sections[question];
  toast(missing[question] ?? '');
  void Taro.pageScrollTo({ selector: `#place-${section}`, duration: 200 });
}

/** What the server found wrong, at the question it belongs to. */
const refusedOf = (fields: Readonly<Record<string, string>> = {}): Missing => ({
  ...(fields['contactPhone'] ? { phone: fields['contactPhone'] } : {}),
  ...(fields['gridId'] ? { where: fields['gridId'] } : {}),
  ...(fields['beneficiaryId'] ? { person: fields['beneficiaryId'] } : {}),
  ...(fields['words'] ? { words: fields['words'] } : {}),
});

function Questions(props: QuestionProps) {
  const { fields, asked } = props;
  const gridId = gridIdOf(fields, asked);
  return (
    <>
      <View id="place-what">
        <NoticeSheet {...props} />
        <WhatQuestion {...props} />
      </View>
      {asked.way === 'visit' && (
        <View id="place-whose" className="place__section">
          <VisitConsent {...props} />
        </View>
      )}
      {asked.way === 'proxy' && (
        <View id="place-whose" className="place__section">
          <WhoseQuestion {...props} />
        </View>
      )}
      <View id="place-where" className="place__section">
        {asked.way !== 'visit' && <WhereQuestion {...props} />}
        {gridId !== null && asked.way === 'own' && (
          <SimilarOrders categoryId={asked.category.id} gridId={gridId} gcj02={fields.gcj02} />
        )}
      </View>
      <View id="place-contact" className="place__section">
        <ContactQuestion {...props} />
      </View>
    </>
  );
}

interface FootProps {
  readonly busy: boolean;
  readonly listening: boolean;
  readonly refusal: string | null;
  readonly onPlace: () => void;
}

const Foot = ({ busy, listening, refusal, onPlace }: FootProps) => (
  <View className="place__foot">
    {refusal && <View className="place__refusal">{refusal}</View>}
    <Button look="main" busy={busy} disabled={listening} onPress={onPlace}>
      {footWords(busy, listening)}
    </Button>
  </View>
);

function footWords(busy: boolean, listening: boolean): string {
  if (busy) return '正在发出';
  return listening ? '说完再提交' : '提交';
}

const hasSaid = ({ words, photoIds, voice }: PlaceFields): boolean =>
  words.trim() !== '' || photoIds.length > 0 || voice !== null;
