import type { Book } from './book.js';

const MOST_BOOKS = 50;

/** Books of the competitions written last, kept between batches; at most 50, the one longest unused goes first. */
export class BookShelf {
  private readonly books = new Map<number, Book>();

  /** The book, if it agrees with the change counter in the database. It leaves the shelf until `put` brings it back. */
  take(competitionId: number, change: number): Book | null {
    const book = this.books.get(competitionId);
    this.books.delete(competitionId);
    return book?.change === change ? book : null;
  }

  put(book: Book): void {
    this.books.delete(book.competitionId);
    this.books.set(book.competitionId, book);
    const [oldest] = this.books.keys();
    if (this.books.size > MOST_BOOKS && oldest !== undefined) this.books.delete(oldest);
  }
}
