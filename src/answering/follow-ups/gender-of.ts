/** Given names that leave no doubt whether their bearer is a "he" or a "she"; a name that both have is in neither list. */
const MALE = new Set(
  `abraham adam alan albert alexander alfred andrew anthony antonio arthur benjamin bernard boris brian bruce carl carlos charles christopher
  daniel david dennis dmitri donald douglas edward emmanuel eric ernest francisco frank franklin fred frederick friedrich gary george gerald
  giovanni gordon graham gregory hans harold harry heinrich henry howard hugh ian igor isaac ivan jack jacob jacques james jeffrey jeremy
  joachim john jonathan jorge joseph juan karl keith kenneth kevin klaus larry lawrence leonard louis luis marco mario mark martin matthew
  michael mikhail nicholas nigel oleg olaf oliver oscar otto patrick paul pedro peter philip pierre ralph raymond richard robert roger ronald
  samuel scott sergei simon stefan stephen steve steven stuart thomas timothy tom vincent vladimir volodymyr walter wilhelm william wolfgang`.split(
    /\s+/,
  ),
);
const FEMALE = new Set(
  `agnes alice amanda amelia amy angela anna anne annie barbara beatrice betty beverly brenda carla carol caroline catherine charlotte
  christina christine claire clara cynthia deborah diana diane donna doris dorothy edith eleanor elena elizabeth ella ellen emily emma esther
  eva eve evelyn florence frances giorgia giulia gloria grace greta hannah harriet heather helen helena irene isabel isabella jane janet
  jennifer jessica joan joanna josephine judith julia julie karen kate katherine kathleen laura lauren linda lisa louise lucy margaret maria
  marie martha mary melissa mette michelle monica nancy natalia nicole nina olga olivia pamela patricia paula rachel rebecca rosa rose ruth
  sandra sarah sharon sofia sophia sophie stephanie susan svetlana sylvia teresa theresa ursula valentina vera victoria virginia`.split(
    /\s+/,
  ),
);

/**
 * By the given name, for names of two words and more; null where that is not known.
 * @param words The name's words, folded.
 */
export function genderOf(words: readonly string[]): 'he' | 'she' | null {
  const [given = ''] = words;
  if (words.length < 2) return null;
  return MALE.has(given) ? 'he' : FEMALE.has(given) ? 'she' : null;
}
