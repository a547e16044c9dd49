// Who put something right on the walk: an organisation of the pack, another in words, or nobody's.

const listed = (pack) => pack.organisations ?? [];
const looksAfter = (category) => (one) => Boolean(category?.work) && one.works.includes(category.work);

/** The organisation that is meant by what the phone keeps; undefined for a name in words. */
export const organisationOf = (pack, doer) => listed(pack).find(({ ref }) => ref === doer);

/** What people call it. */
export const nameOf = (pack, doer) => organisationOf(pack, doer)?.name ?? doer;

/** All to choose from, those who look after such things first. */
export function toChoose(pack, category) {
  const theirs = listed(pack).filter(looksAfter(category));
  return [...theirs, ...listed(pack).filter((one) => !theirs.includes(one))];
}

/** Names of those who usually do this kind of work, when it is not the work of who did it. The server decides. */
export function usuallyDoneBy(pack, category, doer) {
  const theirs = listed(pack).filter(looksAfter(category));
  return !doer || theirs.some(({ ref }) => ref === doer) ? [] : theirs.map(({ name }) => name);
}
