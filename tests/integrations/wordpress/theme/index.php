<!doctype html>
<html <?php language_attributes(); ?>>
<head><meta charset="<?php bloginfo( 'charset' ); ?>"><?php wp_head(); ?></head>
<body>
<?php
get_search_form();
while ( have_posts() ) {
	the_post();
	the_title( '<h2 class="entry-title">', '</h2>' );
	the_content();
}
wp_footer();
?>
</body>
</html>
