import type { Row, RowKey } from './matrix';
import { emp, nay, nil, who, yes } from './outcomes';

type HouseholdKey = Extract<RowKey, `${'bindings' | 'households' | 'care' | 'proxies'}.${string}`>;

/** Whoever lives here or has a post is no newcomer any more. */
const hom = 'binding.home-already';

// prettier-ignore
export const householdRows: Record<HouseholdKey, Row> = {
  //                                               nobody resi other  far memb mOut desk dOut grup  hub town insp disc supv secr admn audt tsec
  // 绑定: a newcomer's request in the first group; whoever serves its households says who he is
  'bindings.demoPhone':                                [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'bindings.mine':                                     [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'bindings.phone':                                    [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'bindings.door':                                     [who, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom],
  'bindings.choose':                                   [who, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom],
  'bindings.ask':                                      [who, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom, hom],
  'bindings.withdraw':                                 [who, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil],
  'bindings.list':                                     [who, nay, nay, nay, nay, nay, yes, emp, yes, nay, yes, nay, nay, nay, yes, emp, nay, yes],
  'bindings.read':                                     [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, yes, nay, nay, nay, yes, nil, nay, yes],
  'bindings.confirm':                                  [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, yes, nay, nay, nay, nay, nil, nay, nay],
  'bindings.family':                                   [who, yes, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp, emp],
  'bindings.vouch':                                    [who, yes, nil, nil, nil, nil, nay, nil, nay, nil, nay, nil, nil, nil, nay, nil, nil, nay],
  'bindings.doubt':                                    [who, yes, nil, nil, nil, nil, nay, nil, nay, nil, nay, nil, nil, nil, nay, nil, nil, nay],
  'bindings.approve':                                  [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, yes, nay, yes],
  'bindings.refuse':                                   [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, yes, nay, nay, nay, nay, nil, nay, nay],

  // 户, 照看, 代办: the resident's house, or another of the first group that is linked to the member
  'households.list':                                   [who, nay, nay, nay, nay, nay, yes, emp, yes, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'households.search':                                 [who, nay, nay, nay, nay, nay, yes, emp, yes, nay, nay, nay, nay, nay, nay, yes, nay, nay],
  'households.neighbours':                             [who, nay, nay, nay, nay, nay, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay, nay, nay],
  'households.coming':                                 [who, nay, nay, nay, nay, nay, yes, yes, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'households.read':                                   [who, yes, nil, nil, yes, nil, yes, nil, yes, nil, nil, nil, nil, nil, nil, yes, nil, nil],
  'households.reveal':                                 [who, nay, nil, nil, yes, nil, yes, nil, yes, nil, nil, nil, nil, nil, nil, nay, nil, nil],
  'households.open':                                   [who, nay, nay, nay, nay, nay, yes, nay, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'households.saveMember':                             [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'households.record':                                 [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'households.addFlag':                                [who, nil, nil, nil, yes, nil, nay, nil, yes, nil, nil, nil, nil, nil, nil, nay, nil, nil],
  'households.checkFlag':                              [who, nil, nil, nil, yes, nil, nay, nil, yes, nil, nil, nil, nil, nil, nil, nay, nil, nil],
  'households.setHub':                                 [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'care.mine':                                         [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'care.ask':                                          [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'care.answer':                                       [who, yes, nil, nil, nil, nil, yes, nil, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil],
  'care.end':                                          [who, yes, nil, nil, nil, nil, yes, nil, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil],
  'proxies.give':                                      [who, nay, nay, nay, yes, nil, yes, nil, yes, yes, yes, nay, nay, nay, nay, nay, nay, nay],
  'proxies.revoke':                                    [who, yes, nil, nil, nil, nil, yes, nil, yes, nil, nil, nil, nil, nil, nil, nil, nil, nil],
};
