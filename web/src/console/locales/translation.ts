type Plural = `${string}_one`;

/** The same texts in a language that has one form for any number. */
export type Translation<T> = {
  [K in keyof T as K extends Plural ? never : K]: T[K] extends string ? string : Translation<T[K]>;
};
