<?php
/**
 * The theme's own search, answered by the server.
 *
 * @package Kashshaf
 */

defined( 'ABSPATH' ) || exit;

/**
 * Answers the search of the theme (/?s=…), if the settings say so, with the posts that the server finds. Pages of
 * results look as the theme has them. Where the server does not answer, WordPress searches as it always did.
 */
class Kashshaf_Site_Search {

	/**
	 * Take up the hook.
	 */
	public static function listen() {
		add_filter( 'posts_pre_query', array( __CLASS__, 'answer' ), 10, 2 );
	}

	/**
	 * The posts of a page of results.
	 *
	 * @param WP_Post[]|null $posts Posts that another filter has found.
	 * @param WP_Query       $query The query.
	 * @return WP_Post[]|null Null where WordPress is to search by itself.
	 */
	public static function answer( $posts, $query ) {
		if ( null !== $posts || ! self::is_ours( $query ) ) {
			return $posts;
		}
		$size   = max( 1, min( 100, (int) $query->get( 'posts_per_page' ) ) );
		$answer = Kashshaf_Client::search(
			array(
				'q'      => (string) $query->get( 's' ),
				'page'   => max( 1, (int) $query->get( 'paged' ) ),
				'size'   => $size,
				'source' => wp_specialchars_decode( get_bloginfo( 'name' ), ENT_QUOTES ),
			)
		);
		if ( is_wp_error( $answer ) || ! isset( $answer['hits'] ) ) {
			return null;
		}
		$query->found_posts   = (int) ( $answer['total'] ?? 0 ) + (int) ( $answer['total_partial'] ?? 0 );
		$query->max_num_pages = (int) ceil( $query->found_posts / $size );
		return self::posts( (array) $answer['hits'] );
	}

	/**
	 * True for the search of a reader that the server is to answer.
	 *
	 * @param WP_Query $query The query.
	 * @return bool
	 */
	private static function is_ours( $query ) {
		return ! is_admin() && $query->is_main_query() && $query->is_search() && '' !== trim( (string) $query->get( 's' ) )
			&& Kashshaf_Settings::get( 'replace_search' ) && Kashshaf_Settings::server();
	}

	/**
	 * The posts that hits stand for, in their order; those that readers see no longer are passed over.
	 *
	 * @param array[] $hits Hits of the server.
	 * @return WP_Post[]
	 */
	private static function posts( $hits ) {
		$found = array();
		foreach ( $hits as $hit ) {
			$post = get_post( url_to_postid( (string) ( $hit['url'] ?? '' ) ) ?: null );
			if ( isset( $hit['url'] ) && Kashshaf_Article::is_public( $post ) ) {
				$found[ $post->ID ] = $post;
			}
		}
		return array_values( $found );
	}
}
