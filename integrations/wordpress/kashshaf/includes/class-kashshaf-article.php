<?php
/**
 * A post as the server reads articles.
 *
 * @package Kashshaf
 */

defined( 'ABSPATH' ) || exit;

/**
 * A post with its comments as an article, read as the server reads an export of WordPress: the first category is
 * the section, the others and the tags are tags, the excerpt is the lead.
 *
 * No id is stated. The server makes it of the address, as it does for an export, a feed or a page, so that an
 * article is the same one wherever it came from.
 */
class Kashshaf_Article {

	const COMMENT_TYPES = array( '', 'comment' );

	/**
	 * True if readers can see a post, so that it may be searched.
	 *
	 * @param WP_Post|null $post The post.
	 * @return bool
	 */
	public static function is_public( $post ) {
		return $post instanceof WP_Post
			&& 'publish' === $post->post_status
			&& '' === $post->post_password
			&& in_array( $post->post_type, (array) Kashshaf_Settings::get( 'types' ), true );
	}

	/**
	 * A post as an article.
	 *
	 * @param WP_Post $post The post.
	 * @return array
	 */
	public static function of( $post ) {
		$categories = self::terms( $post, 'category' );
		$article    = array(
			'url'     => (string) get_permalink( $post ),
			'title'   => $post->post_title,
			'lead'    => self::html( $post->post_excerpt ),
			'body'    => self::html( $post->post_content ),
			'date'    => self::date( $post->post_date_gmt ),
			'source'  => wp_specialchars_decode( get_bloginfo( 'name' ), ENT_QUOTES ),
			'section' => (string) array_shift( $categories ),
			'author'  => (string) get_the_author_meta( 'display_name', (int) $post->post_author ),
			'tags'    => array_values( array_unique( array_merge( $categories, self::terms( $post, 'post_tag' ) ) ) ),
			'image'   => self::image( $post ),
		);
		$article    = self::filled( $article );

		// Also where there are none: the server keeps the comments of an article that is sent without the field.
		$article['comments'] = self::comments( $post );
		/**
		 * Filters an article before it is sent to the server.
		 *
		 * @param array   $article The article: docs/sources.md, JSON, of Kashshaf.
		 * @param WP_Post $post    The post.
		 */
		return apply_filters( 'kashshaf_article', $article, $post );
	}

	/**
	 * The names of a post's terms, in the order that an export has them in.
	 *
	 * @param WP_Post $post     The post.
	 * @param string  $taxonomy The taxonomy.
	 * @return string[]
	 */
	private static function terms( $post, $taxonomy ) {
		$names = wp_get_object_terms( $post->ID, $taxonomy, array( 'fields' => 'names' ) );
		return is_wp_error( $names ) ? array() : $names;
	}

	/**
	 * The address of the picture that was chosen for a post, else of the first that is attached to it.
	 *
	 * @param WP_Post $post The post.
	 * @return string
	 */
	private static function image( $post ) {
		$attached = array_keys( get_attached_media( 'image', $post->ID ) );
		$id       = get_post_thumbnail_id( $post );
		$id       = $id ? $id : ( $attached ? min( $attached ) : 0 );
		return (string) wp_get_attachment_url( $id );
	}

	/**
	 * The comments that were approved, oldest first, without pingbacks and trackbacks.
	 *
	 * @param WP_Post $post The post.
	 * @return array[]
	 */
	private static function comments( $post ) {
		$approved = get_comments(
			array(
				'post_id' => $post->ID,
				'status'  => 'approve',
				'orderby' => 'comment_ID',
				'order'   => 'ASC',
			)
		);
		$readers  = array_filter(
			$approved,
			static function ( $comment ) {
				return in_array( $comment->comment_type, self::COMMENT_TYPES, true );
			}
		);
		return array_values( array_map( array( __CLASS__, 'comment' ), $readers ) );
	}

	/**
	 * A comment as the server reads it.
	 *
	 * @param WP_Comment $comment The comment.
	 * @return array
	 */
	private static function comment( $comment ) {
		return self::filled(
			array(
				'id'     => (string) $comment->comment_ID,
				'author' => $comment->comment_author,
				'date'   => self::date( $comment->comment_date_gmt ),
				'text'   => self::html( $comment->comment_content ),
				'parent' => $comment->comment_parent ? (string) $comment->comment_parent : '',
			)
		);
	}

	/**
	 * The fields that have something in them.
	 *
	 * @param array $fields Fields by name.
	 * @return array
	 */
	private static function filled( $fields ) {
		return array_filter(
			$fields,
			static function ( $value ) {
				return '' !== $value && array() !== $value;
			}
		);
	}

	/**
	 * A text said to be HTML, also where it has no element of its own.
	 *
	 * @param string $text The text as it is kept.
	 * @return string
	 */
	private static function html( $text ) {
		return '' === trim( $text ) ? '' : "<!-- -->$text";
	}

	/**
	 * A moment of the database, in universal time, as ISO 8601; empty for one that is not set.
	 *
	 * @param string $gmt As the database has it.
	 * @return string
	 */
	private static function date( $gmt ) {
		return '0000-00-00 00:00:00' === $gmt ? '' : str_replace( ' ', 'T', $gmt ) . '+00:00';
	}
}
