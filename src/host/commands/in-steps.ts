import { at } from '../../shared/at';
import type { Way } from '../text/surfaces';

/** Which of how many steps a question is, counted from 1. How many there are may change with the answers. */
export interface Place {
  readonly step: number;
  readonly steps: number;
}

export interface Question {
  /** Whether there is anything to ask, as far as the answers so far tell. */
  readonly isAsked: () => boolean;
  readonly ask: (place: Place) => Promise<Way>;
}

/** What a person is asked in some steps. */
export interface Asked<T> {
  readonly questions: readonly Question[];
  /** Of all questions that were asked; before that it is what they would begin with. */
  readonly answer: () => T;
}

/**
 * Asks whatever there is to ask, step by step, of which each leads back to the one before.
 *
 * @returns whether everything is answered: false if the person goes away
 */
export async function askInSteps(questions: readonly Question[]): Promise<boolean> {
  const asked: number[] = [];
  for (let i = 0; i < questions.length;) {
    const question = at(questions, i);
    if (!question.isAsked()) {
      i++;
      continue;
    }
    const left = questions.slice(i).filter(({ isAsked }) => isAsked()).length;
    const way = await question.ask({ step: asked.length + 1, steps: asked.length + left });
    if (way === 'next') asked.push(i++);
    else {
      const before = way === 'back' ? asked.pop() : undefined;
      if (before === undefined) return false;
      i = before;
    }
  }
  return true;
}
