import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import type { PageParams } from '../../../../lib/page-table';
import { wordsOfParam } from '../../../../lib/query-string';
import { useMe } from '../../../../lib/session';
import { Page } from '../../../../ui/page';
import type { Way } from './place-draft';
import { PlaceForm } from './place-form';
import { PlaceResult, type Ended } from './place-result';
import './index.scss';

const titles: Record<Way, string> = { own: '我要点单', direct: '找我的党员', proxy: '替乡亲点单', visit: '替这户点单' };

/** 点单: three questions in the order in which people think, then what happens next. */
export default function PlacePage() {
  const {
    way = 'own',
    categoryId,
    followsId,
    commitmentId,
    visitId,
    personId,
    gridId,
    at,
    scannedKey,
  } = useRouter().params as PageParams['place'] & { way?: Way };
  const me = useMe();
  const [ended, setEnded] = useState<Ended | null>(null);
  if (!me) return <Page title={titles[way]}>{null}</Page>;
  if (ended) return <PlaceResult ended={ended} title={titles[way]} />;
  return (
    <PlaceForm
      neighbourId={way === 'proxy' ? personId : undefined}
      way={way}
      title={titles[way]}
      me={me}
      firstCategoryId={categoryId ?? null}
      scanned={gridId === undefined || at === undefined ? null : { gridId, words: `您在${wordsOfParam(at)}（扫码）` }}
      grownFrom={{ followsId, commitmentId, visitId, personId, scannedKey }}
      onEnd={setEnded}
    />
  );
}
